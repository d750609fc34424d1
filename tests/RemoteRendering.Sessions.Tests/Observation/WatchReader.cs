namespace RemoteRendering.Sessions.Tests.Observation;

/// <summary>Reads a watch in the background and keeps what it said.</summary>
internal sealed class WatchReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<RenderingSessionChange> _changes = [];

    public WatchReader(Func<CancellationToken, IAsyncEnumerable<RenderingSessionChange>> watch) => Completion = ReadAsync(watch(_stop.Token));

    public Task Completion { get; }

    public RenderingSessionChange[] Changes
    {
        get
        {
            lock (_gate)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>Waits until the reader has come that far.</summary>
    public async Task<RenderingSessionChange[]> WaitForAsync(int count)
    {
        while (Changes is { } changes)
        {
            if (changes.Length >= count || Completion.IsCompleted)
            {
                return changes;
            }

            await Task.Yield();
        }

        return [];
    }

    public string[] Lines => [.. Changes.Select(static change => $"{change.Number} {change.Kinds} {change.Current.Status}{(change.EndReason is { } reason ? " " + reason : string.Empty)}")];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Completion.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private async Task ReadAsync(IAsyncEnumerable<RenderingSessionChange> watch)
    {
        await Task.Yield();
        await foreach (RenderingSessionChange change in watch)
        {
            lock (_gate)
            {
                _changes.Add(change);
            }
        }
    }
}
