"""What einsum, randperm, format and ~ refuse."""
import torch

a, b = torch.ones(2, 3), torch.ones(4, 5)
for eq, ops in (("ij,jk", (a, b)), ("ii", (a,)), ("ij->k", (a,)), ("ij->ii", (a,)), ("ij", (a, a)), ("ij,jk", (a,)),
                ("i", (a,)), ("ijk", (a,)), ("i1", (a,)), ("...i,...i", (a, b)), ("ij->i->j", (a,)), ("i.j", (a,)),
                ("...ijk", (a,)), ("ij,ij->", (a, a)), ("ij->ji", (a,)), ("...j->...", (a,)), (" i j -> j i", (a,))):
    try:
        print(eq, torch.einsum(eq, *ops).shape)
    except RuntimeError as e:
        print(eq, "|", e)
for f in (lambda: torch.randperm(-1), lambda: f"{a:.2f}", lambda: "{:5}".format(a[0]), lambda: ~a, lambda: ~torch.tensor(True)):
    try:
        print(f())
    except (RuntimeError, TypeError) as e:
        print(type(e).__name__, e)
