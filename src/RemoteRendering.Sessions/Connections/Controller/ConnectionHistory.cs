namespace RemoteRendering.Sessions;

/// <summary>The newest changes, by number. Not thread-safe: the controller's lock guards it.</summary>
internal sealed class ConnectionHistory
{
    /// <summary>How many changes are kept. A connection that flaps makes about ten a minute.</summary>
    public const int Capacity = 32;

    private readonly RenderingConnectionChange[] _ring = new RenderingConnectionChange[Capacity];

    /// <summary>Gets the number of the newest change, 0 when there is none.</summary>
    public long Newest { get; private set; }

    public void Append(in RenderingConnectionChange change)
    {
        Newest = change.Number;
        _ring[change.Number % Capacity] = change;
    }

    /// <summary>Finds the first change that is kept and has a number above the one given.</summary>
    public bool TryGetAfter(long number, out RenderingConnectionChange change)
    {
        long next = Math.Max(number + 1, Math.Max(1, Newest - Capacity + 1));
        change = next <= Newest ? _ring[next % Capacity] : default;
        return next <= Newest;
    }

    public RenderingConnectionChange Get(long number) => _ring[number % Capacity];
}
