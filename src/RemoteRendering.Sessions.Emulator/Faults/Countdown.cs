namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>Something that happens to the next few of a kind.</summary>
internal sealed class Countdown<T>
    where T : class
{
    private readonly object _gate = new();
    private T? _what;
    private int _left;

    public void Set(T what, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            _what = what;
            _left = count;
        }
    }

    public T? Take()
    {
        lock (_gate)
        {
            if (_left == 0)
            {
                return null;
            }

            if (_left != int.MaxValue)
            {
                _left--;
            }

            return _what;
        }
    }
}
