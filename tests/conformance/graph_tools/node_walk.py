import torch
from typing import Dict, List, Optional, Tuple


@torch.jit.script
def f(x, n: int, o: Optional[int], d: Dict[str, int], t: Tuple[int, str], l: List[float], dev: torch.device):
    y = x + 1
    if n > 2:
        y = y * 2.5
    return y, "s", [1, 2], torch.zeros([2]), o, d


g = f.graph


def show(text, **env):
    try:
        print(text, "->", repr(eval(text, globals(), env)))
    except Exception as e:
        print(text, "!!", type(e).__name__, str(e).split("\n")[0])


ins = list(g.inputs())
for i in ins:
    ty = i.type()
    print(i.debugName(), type(ty), repr(ty), str(ty), ty.str(), ty.annotation_str, ty.kind(),
          [str(c) for c in ty.containedTypes()], i.unique(), i.offset(), i.requires_grad(), i.isCompleteTensor(), len(i.uses()))
n = g.findNode("aten::add")
iff = g.findNode("prim::If")
consts = g.findAllNodes("prim::Constant")
x = ins[0]
for text in [
    "n", "n.schema()", "n.kind()", "n.input()", "n.inputsAt(0)", "n.outputsAt(0)", "n.output()", "x", "str(x)",
    "n.hasMultipleOutputs()", "n.hasUses()", "n.mustBeNone()", "n.scopeName()", "n.attributeNames()", "n.hasAttributes()",
    "n.inputsAt(9)", "consts[0].input()", "n.prev()", "n.isBefore(iff)", "n.isAfter(iff)", "iff.schema()", "n.inputsSize()",
    "list(n.owningBlock().nodes())[0]", "n.matches('aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor')",
    "n.matches('aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor')", "n.namedInput('alpha')",
    "n.namedInput('zz')", "n.isNondeterministic()", "n.getModuleHierarchy()",
    "[(q.attributeNames(), [q.kindOf(a) for a in q.attributeNames()]) for q in consts]",
    "consts[0].i('value')", "consts[0].kindOf('zz')", "consts[1].i('value')", "consts[1].s('value')", "list(n.inputs())",
    "list(x.uses())[0].user", "list(x.uses())[0].offset", "x.node()", "x.node().kind()", "g.return_node()", "g.param_node()",
    "g.str(False)[:40]", "g.findAllNodes('aten::mul')", "g.findAllNodes('aten::mul', recurse=False)",
    "g.findNode('aten::mul', recurse=False)", "iff.findNode('aten::mul')", "iff.findAllNodes('aten::mul')",
    "x.toIValue()", "consts[1].output().toIValue()", "n.output().isCompleteTensor()", "g.lint()",
    "[b.owningNode().kind() for b in iff.blocks()]", "[list(b.outputs()) for b in iff.blocks()]",
    "[str(b.returnNode()).strip() for b in iff.blocks()]", "g.block().owningNode()", "ins[1].node() is ins[0].node()",
    "x == ins[0]", "x == ins[1]", "n.output().node() == n", "consts[2].ival('value')", "consts[2].t('value')",
]:
    show(text)
print(n.sourceRange())
print(torch.TensorType is torch._C.TensorType, torch.Graph, torch.Node, torch.Value, torch.ListType)
