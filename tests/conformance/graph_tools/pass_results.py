import torch


@torch.jit.script
def f(x, n: int):
    for i in range(n):
        x = x + i
    l = [1]
    l.append(2)
    y = torch.relu(x)
    y.add_(1)
    y.zero_()
    return y, l, (x, n)


C = torch._C
for p in ["cse", "constant_propagation", "constant_pooling", "dce", "peephole", "loop_unrolling", "constant_loop_unrolling",
          "lower_all_tuples", "remove_mutation", "remove_inplace_ops", "decompose_ops", "erase_shape_information", "lint", "inline",
          "concat_frozen_linear", "transpose_frozen_linear", "peephole_list_idioms", "constant_propagation_immutable_types",
          "fuse_frozen_conv_add_relu", "fold_frozen_conv_bn", "fold_frozen_linear_bn"]:
    g = f.graph.copy()
    print(p, getattr(C, "_jit_pass_" + p)(g))
    print(g)
