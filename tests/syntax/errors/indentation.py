x = 1
  y = 2
if x:
pass
for i in x:
    a
  b
while x:
    def f():
        pass
    class B:
    z = 1
try:
    pass
