import torch
import warnings

warnings.simplefilter("ignore")
C = torch._C
print(torch.jit.set_fusion_strategy([("STATIC", 1)]), torch.jit.set_fusion_strategy([("DYNAMIC", 3), ("STATIC", 2)]))
try:
    torch.jit.set_fusion_strategy([("FOO", 1)])
except Exception as e:
    print(type(e).__name__, e)
print(torch.jit.onednn_fusion_enabled())
torch.jit.enable_onednn_fusion(True)
print(torch.jit.onednn_fusion_enabled())
print(C._jit_set_profiling_executor(False), C._jit_set_profiling_executor(True), C._jit_set_profiling_mode(True))
print(C._jit_get_num_profiled_runs(), C._jit_set_num_profiled_runs(3), C._jit_get_num_profiled_runs())
print(C._jit_texpr_fuser_enabled(), C._get_graph_executor_optimize())
with torch.jit.optimized_execution(False):
    print(C._get_graph_executor_optimize())
print(C._get_graph_executor_optimize())
with torch.jit.fuser("fuser1"):
    print(C._jit_texpr_fuser_enabled(), C._jit_can_fuse_on_cpu())
print(C._jit_can_fuse_on_cpu())


@torch.jit.script
def fused(x):
    with torch.jit.strict_fusion():
        y = x + x + x
    return y


print(fused(torch.ones(2)))
print(C._get_schema("aten::add", "Tensor"))
try:
    C._get_schema("aten::nope", "")
except Exception as e:
    print(type(e).__name__, e)
s = C.parse_schema("aten::foo.bar(Tensor(a!) self, int[2] b=[1, 1], *, str? c=None) -> (Tensor(a!) x, int)")
print(s.name, s.overload_name, s.is_mutable, [a.name for a in s.arguments], [r.name for r in s.returns])
print(s.arguments[1].N, s.arguments[1].default_value, s.arguments[2].kwarg_only, s.arguments[0].is_write, s.arguments[0].is_out, s)
a = s.arguments[0].alias_info
print(a.is_write, a.before_set, a.after_set, s.arguments[1].alias_info)
print(s.is_backward_compatible_with(s), s == s, C.parse_schema("f(int x) -> int").is_backward_compatible_with(C.parse_schema("f(int x, int y=1) -> int")))
print([str(x) for x in C._jit_get_schemas_for_operator("aten::tanh")], C._jit_get_schemas_for_operator("aten::nope"))
print(len(C._jit_get_all_schemas()) > 3000)
