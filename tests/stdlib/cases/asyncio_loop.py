import asyncio
import inspect

log = []


async def worker(name, delay, result=None, fail=None):
    log.append(f"{name} starts")
    await asyncio.sleep(delay)
    log.append(f"{name} wakes")
    if fail:
        raise fail
    return result or name


async def basics():
    print(await asyncio.gather(worker("a", 0.03), worker("b", 0.01), worker("c", 0.02)))
    print(log)
    log.clear()
    t = asyncio.create_task(worker("t", 0.01), name="named")
    print(t.get_name(), t.done(), isinstance(t, asyncio.Future))
    print(await t, t.done(), t.result())
    print(await asyncio.gather(worker("x", 0, fail=ValueError("bad")), worker("y", 0), return_exceptions=True))
    try:
        await asyncio.gather(worker("x", 0, fail=ValueError("bad")), worker("y", 0))
    except ValueError as e:
        print("gather raised", e)


async def cancelling():
    t = asyncio.create_task(worker("slow", 5))
    await asyncio.sleep(0)
    t.cancel("enough")
    try:
        await t
    except asyncio.CancelledError as e:
        print("cancelled", e.args, t.cancelled())
    try:
        await asyncio.wait_for(worker("late", 5), 0.01)
    except asyncio.TimeoutError as e:
        print("timeout", type(e).__name__)
    print(await asyncio.wait_for(worker("in time", 0), 1))
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(5)
    except TimeoutError:
        print("timed out")

    async def stubborn():
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            return "finished anyway"

    s = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    s.cancel()
    print(await s)


async def queues():
    q = asyncio.Queue(maxsize=2)
    seen = []

    async def producer():
        for i in range(5):
            await q.put(i)
        await q.put(None)

    async def consumer():
        while (item := await q.get()) is not None:
            seen.append(item)
            q.task_done()
        q.task_done()

    await asyncio.gather(producer(), consumer())
    await q.join()
    print(seen, q.empty(), q.qsize())
    try:
        q.get_nowait()
    except asyncio.QueueEmpty:
        print("empty")
    p = asyncio.PriorityQueue()
    for i in (3, 1, 2):
        p.put_nowait(i)
    print([await p.get() for _ in range(3)])


async def locks():
    lock, order = asyncio.Lock(), []

    async def critical(n):
        async with lock:
            order.append(("in", n))
            await asyncio.sleep(0)
            order.append(("out", n))

    await asyncio.gather(*(critical(i) for i in range(3)))
    print(order, lock.locked())
    event = asyncio.Event()

    async def waiter():
        await event.wait()
        return "seen"

    t = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    event.set()
    print(await t)
    sem = asyncio.Semaphore(2)
    running = most = 0

    async def limited():
        nonlocal running, most
        async with sem:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*(limited() for _ in range(6)))
    print("at most", most)
    condition = asyncio.Condition()
    state = []

    async def until():
        async with condition:
            await condition.wait_for(lambda: len(state) > 1)
            return list(state)

    t = asyncio.create_task(until())
    for i in range(2):
        await asyncio.sleep(0)
        async with condition:
            state.append(i)
            condition.notify_all()
    print(await t)


async def groups():
    async with asyncio.TaskGroup() as g:
        a = g.create_task(worker("one", 0.001))
        b = g.create_task(worker("two", 0))
    print(a.result(), b.result())
    try:
        async with asyncio.TaskGroup() as g:
            g.create_task(worker("fails", 0, fail=KeyError("k")))
            long = g.create_task(worker("long", 5))
    except* KeyError as e:
        print(e.exceptions, long.cancelled())
    done, pending = await asyncio.wait(
        [asyncio.create_task(worker("q", 0)), asyncio.create_task(worker("r", 5))], return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending))
    for t in pending:
        t.cancel()
    print([await f for f in asyncio.as_completed([worker("2nd", 0.02), worker("1st", 0.001)])])


async def futures():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    loop.call_later(0.001, f.set_result, "later")
    called = []
    f.add_done_callback(lambda x: called.append(x.result()))
    print(await f, f.done())
    await asyncio.sleep(0)
    print(called)
    try:
        f.set_result(1)
    except asyncio.InvalidStateError as e:
        print("invalid", e)
    g = loop.create_future()
    try:
        g.result()
    except asyncio.InvalidStateError as e:
        print(e)
    g.set_exception(ValueError("v"))
    try:
        await g
    except ValueError as e:
        print(e)
    print(await asyncio.to_thread(lambda a, b: a + b, 1, b=2), len(asyncio.all_tasks()), asyncio.current_task().done())


for main in (basics, cancelling, queues, locks, groups, futures):
    asyncio.run(main())
print(asyncio.iscoroutinefunction(basics), inspect.iscoroutinefunction(worker), asyncio.iscoroutine(3))
try:
    asyncio.run(3)
except ValueError as e:
    print(e)


async def nested():
    c = basics()
    try:
        asyncio.run(c)
    except RuntimeError as e:
        print(e)
    c.close()


asyncio.run(nested())
try:
    asyncio.get_running_loop()
except RuntimeError as e:
    print(e)
loop = asyncio.new_event_loop()
print(loop.run_until_complete(asyncio.sleep(0, "slept")))
loop.close()
