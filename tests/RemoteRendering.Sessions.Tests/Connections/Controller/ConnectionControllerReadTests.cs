using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Controller;

public sealed class ConnectionControllerReadTests
{
    private readonly LogCollector _log = new();
    private readonly ConnectionController _controller;
    private readonly FakeRun _run = new();

    public ConnectionControllerReadTests()
        => _controller = new ConnectionController(new VirtualTimeProvider(), new ObserverQueue(this, _log), _log);

    private static CancellationToken Cancelled => new(canceled: true);

    [Fact]
    public async Task ReadNext_CancelledBefore_EndsAlsoWhenThereIsAChange()
    {
        _controller.Begin(_run);

        await Assert.ThrowsAsync<OperationCanceledException>(() => _controller.ReadNextAsync(_run.Span, 0, Cancelled).AsTask());
    }

    [Fact]
    public async Task WaitForChange_CancelledBefore_EndsAlsoWhenThereIsAChange()
    {
        _controller.Begin(_run);

        await Assert.ThrowsAsync<OperationCanceledException>(() => _controller.WaitForChangeAsync(_run.Span, 0, Cancelled));
    }

    [Fact]
    public async Task WaitForChange_SeveralWait_AllGetTheChange()
    {
        _controller.Begin(_run);
        Task<RenderingConnectionChange> first = _controller.WaitForChangeAsync(_run.Span, 1, default);
        Task<RenderingConnectionChange?> second = _controller.ReadNextAsync(_run.Span, 1, default).AsTask();
        Task<RenderingConnectionChange> third = _controller.WaitForChangeAsync(_run.Span, 1, default);

        _controller.Fire(_run, ConnectionTrigger.LinkBound, default);

        Assert.Equal(2, (await ConnectionHarness.Within(first)).Number);
        Assert.Equal(2, (await ConnectionHarness.Within(second))!.Value.Number);
        Assert.Equal(2, (await ConnectionHarness.Within(third)).Number);
    }

    [Fact]
    public void Log_TellsOfChangesAndOfWhatIsIgnored()
    {
        _controller.Begin(_run);
        _controller.Fire(_run, ConnectionTrigger.AttemptFailed, default);
        _controller.Fire(_run, ConnectionTrigger.LinkLost, default);
        _controller.Fire(_run, ConnectionTrigger.LinkBound, default);

        Assert.Equal(
            [
                "Connection change 1: Disconnected -> Connecting, Success.", "Ignored LinkLost: it has no effect in Connecting.",
                "Connection change 2: Connecting -> Connected, Success."
            ],
            _log.Entries.Select(entry => entry.Text));
    }
}
