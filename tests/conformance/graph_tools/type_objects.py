import torch
from torch import _C as C


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as e:
        print(text, "!!", type(e).__name__, str(e).split("\n")[0])


I, F, T, S = C.IntType.get(), C.FloatType.get(), C.TensorType.get(), C.StringType.get()
for text in [
    "I", "I == C.IntType.get()", "I is C.IntType.get()", "I == F", "C.ListType(I)", "C.ListType.ofInts()", "C.ListType.ofTensors()",
    "C.ListType(I) == C.ListType.ofInts()", "C.OptionalType(T)", "C.OptionalType.ofTensor()", "C.TupleType([I, S])",
    "C.TupleType([I, S]).elements()", "C.DictType(S, I)", "C.DictType(S, I).getKeyType()", "C.DictType(S, I).getValueType()",
    "C.DictType(S, I).str()", "C.UnionType([S, I])", "C.FutureType(I)", "C.FutureType(I).getElementType()", "C.AnyType.get()",
    "C.NoneType.get()", "C.NumberType.get()", "C.BoolType.get()", "C.ComplexType.get()", "C.DeviceObjType.get()", "C.NumberType.get().str()",
    "I.isSubtypeOf(C.NumberType.get())", "I.isSubtypeOf(C.OptionalType(I))", "C.OptionalType(I).isSubtypeOf(I)",
    "T.sizes()", "T.dim()", "T.scalarType()", "T.device()", "T.dtype()", "T.strides()", "T.requires_grad()", "T.undefined()",
    "T.with_dtype(torch.float32).dtype()", "T.with_sizes([1, 2]).sizes()", "T.with_sizes([1, 2]).str()",
    "C.TensorType.create_from_tensor(torch.ones(2, 3)).str()", "C.TensorType.create_from_tensor(torch.ones(2, 3)).strides()",
    "C.TensorType.create_from_tensor(torch.ones(2, 3)).scalarType()", "C.TensorType.create_from_tensor(torch.ones(2, 3)).device()",
    "C.TensorType.create_from_tensor(torch.ones(2, 3).t()).contiguous().str()", "I.kind()", "S.kind()", "C.ListType(I).containedTypes()",
    "C.ListType(I).is_interface_type()", "[type(t).__name__ for t in (I, F, T, S, C.ListType(I), C.DictType(S, I))]",
    "C._jit_try_infer_type([1]).type()", "C._jit_try_infer_type(torch.ones(2)).type().str()", "C._jit_try_infer_type([1, 'a']).success()",
    "C._jit_try_infer_type({1: (2, 'x')}).type()", "C._jit_try_infer_type(1.5).success()", "isinstance(I, C.Type)", "isinstance(T, torch.TensorType)",
    "C.ListType(C.ListType(F)).getElementType().annotation_str",
]:
    show(text)


class M(torch.nn.Module):
    def forward(self, x):
        return x


m = torch.jit.script(M())
t = m._c._type()
print(type(t).__name__, t.name(), t.qualified_name(), t.method_names(), t.kind(), t)
