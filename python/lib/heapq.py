"""Heaps in lists: every item is at most the two at 2i+1 and 2i+2."""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def _up(heap, pos, start=0):
    """Moves the item at `pos` towards the root until its parent is not greater."""
    item = heap[pos]
    while pos > start:
        parent = (pos - 1) >> 1
        if not item < heap[parent]:
            break
        heap[pos] = heap[parent]
        pos = parent
    heap[pos] = item


def _down(heap, pos):
    """Moves the item at `pos` to a leaf along the smaller children, then up to its place."""
    end, start = len(heap), pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _up(heap, pos, start)


def heappush(heap, item):
    heap.append(item)
    _up(heap, len(heap) - 1)


def heappop(heap):
    if not heap:
        raise IndexError('index out of range')
    last = heap.pop()
    if heap:
        last, heap[0] = heap[0], last
        _down(heap, 0)
    return last


def heapreplace(heap, item):
    item, heap[0] = heap[0], item
    _down(heap, 0)
    return item


def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _down(heap, 0)
    return item


def heapify(x):
    for i in reversed(range(len(x) // 2)):
        _down(x, i)


def merge(*iterables, key=None, reverse=False):
    heap = []
    for order, it in enumerate(map(iter, iterables)):
        for value in it:
            heap.append(_Entry(value if key is None else key(value), order, value, it, reverse))
            break
    heapify(heap)
    while heap:
        top = heap[0]
        yield top.value
        for value in top.rest:
            heapreplace(heap, _Entry(value if key is None else key(value), top.order, value, top.rest, reverse))
            break
        else:
            heappop(heap)


class _Entry:
    __slots__ = ('key', 'order', 'value', 'rest', 'reverse')

    def __init__(self, key, order, value, rest, reverse):
        self.key, self.order, self.value, self.rest, self.reverse = key, order, value, rest, reverse

    def __lt__(self, other):
        if self.key == other.key:
            return self.order < other.order
        return other.key < self.key if self.reverse else self.key < other.key


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
