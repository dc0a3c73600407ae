from datetime import *
import datetime as dt
a = datetime(2024, 2, 29, 13, 5, 9, 123456)
print(a, repr(a), a.isoformat(), a.date(), a.time(), a.weekday(), a.isoweekday(), a.isocalendar()[:], a.strftime('%Y-%m-%d %H:%M:%S.%f %A %B %j %p %I %y %% %a'), a.ctime(), a.toordinal())
print(a + timedelta(days=1, hours=12), a - timedelta(weeks=1), a - datetime(2024, 1, 1), a.replace(year=2020), a > datetime(2024, 1, 1), a == a.replace(), f'{a:%d/%m/%Y}', a.timetuple()[:6])
d = timedelta(days=1.5, seconds=-3, milliseconds=5); print(d, repr(d), d.total_seconds(), d * 2, d / 2, d // timedelta(hours=1), -d, abs(-d), timedelta(), repr(timedelta()), timedelta(days=-1, seconds=5), d % timedelta(hours=5), timedelta(1) / timedelta(hours=7), timedelta(seconds=1.23456789), bool(timedelta()), timedelta(hours=25) > timedelta(1))
t = datetime(2024, 1, 1, tzinfo=timezone.utc); print(t, repr(t), t.timestamp(), t.astimezone(timezone(timedelta(hours=5, minutes=30))), timezone(timedelta(hours=-3)), repr(timezone(timedelta(hours=1), 'X')), t.tzname(), t.strftime('%z %Z'), datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(1e9 + .5, timezone.utc))
print(datetime.fromisoformat('2024-03-01T10:20:30.5+02:00'), datetime.fromisoformat('2024-03-01'), date.fromisoformat('2024-12-31').isocalendar()[:], time.fromisoformat('04:23:01'), date(2023, 1, 1).isocalendar()[:], date(2024, 1, 1) - date(2023, 1, 1), date(2024, 1, 31) + timedelta(1), date.fromordinal(738000), time(1, 2, 3), repr(time(1, 2)), time(5) < time(6))
print(datetime.strptime('21 Nov 2006 16:30', '%d %b %Y %H:%M'), datetime.strptime('2024-01-02T03:04:05.678+0100', '%Y-%m-%dT%H:%M:%S.%f%z'), datetime.strptime('01/02/24 11:05 PM', '%m/%d/%y %I:%M %p'), datetime.combine(date(2020, 1, 2), time(3, 4)))
for e in ("datetime(2023, 2, 29)", "date(2023, 13, 1)", "datetime(2023, 1, 1, 25)", "datetime.strptime('x', '%Y')", "datetime.strptime('2024 x', '%Y')", "a - t", "a < t", "date.fromisoformat('x')", "datetime.max + timedelta(1)"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
print(abs((datetime.now() - datetime.now()).total_seconds()) < 1, date.today() == datetime.now().date(), datetime.now(timezone.utc).tzinfo, a == t, hash(a) == hash(a.replace()), datetime.min, timedelta.max, sorted([date(2024, 1, 2), date(2023, 1, 1)]))
