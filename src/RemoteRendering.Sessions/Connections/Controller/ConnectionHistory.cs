namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Stores the newest changes by number. Not thread-safe: the lock of the controller guards it.</summary>
internal sealed class ConnectionHistory
{
    /// <summary>The number of changes that are kept. An unstable connection makes about ten a minute.</summary>
    public const int Capacity = 32;

    /// <summary>Grows with the changes: most connections make only a few.</summary>
    private RenderingConnectionChange[] _ring = new RenderingConnectionChange[4];

    /// <summary>Gets the number of the newest change, 0 when there is none.</summary>
    public long Newest { get; private set; }

    /// <summary>Gets the newest change, or one without a number.</summary>
    public RenderingConnectionChange Last => Newest == 0 ? default : _ring[IndexOf(Newest)];

    public void Append(in RenderingConnectionChange change)
    {
        Newest = change.Number;
        int index = IndexOf(change.Number);
        if (index == _ring.Length)
        {
            Array.Resize(ref _ring, _ring.Length * 2);
        }

        _ring[index] = change;
    }

    /// <summary>Finds the oldest kept change with a number greater than the given one.</summary>
    public bool TryGetAfter(long number, out RenderingConnectionChange change)
    {
        long next = Math.Max(number + 1, Math.Max(1, Newest - Capacity + 1));
        change = next <= Newest ? _ring[IndexOf(next)] : default;
        return next <= Newest;
    }

    /// <summary>Numbers begin with 1 and have no gaps.</summary>
    private static int IndexOf(long number) => (int)((number - 1) % Capacity);
}
