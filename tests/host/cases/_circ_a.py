first = 1
import _circ_b
b_saw = _circ_b.saw
done = True
