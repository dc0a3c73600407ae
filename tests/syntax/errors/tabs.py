if x:
    y
	z
w = 1
