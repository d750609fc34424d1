using RemoteRendering.Sessions.TestSupport;
namespace RemoteRendering.Sessions.Tests.Observation.Support;

/// <summary>Reads a watch in the background and keeps what it said.</summary>
internal sealed class WatchReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<RenderingSessionChange> _changes = [];

    public WatchReader(Func<CancellationToken, IAsyncEnumerable<RenderingSessionChange>> watch)
        => Completion = Task.Run(() => ReadAsync(watch(_stop.Token)));

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
        await Wait.UntilAsync(() => Changes.Length >= count || Completion.IsCompleted);
        return Changes;
    }

    public string[] Lines
        => [
            .. Changes.Select(static change =>
                $"{change.Number} {change.Kinds} {change.Current.Status}{(change.EndReason is { } reason ? " " + reason : string.Empty)}")
        ];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Completion.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private async Task ReadAsync(IAsyncEnumerable<RenderingSessionChange> watch)
    {
        await foreach (RenderingSessionChange change in watch)
        {
            lock (_gate)
            {
                _changes.Add(change);
            }
        }
    }
}
