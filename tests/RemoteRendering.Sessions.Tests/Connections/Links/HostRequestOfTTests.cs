using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class HostRequestOfTTests
{
    private readonly HostBinding _binding = new();
    private readonly List<int> _unclaimed = [];

    [Fact]
    public async Task Complete_Result_IsRead()
    {
        HostRequest<int> request = Create();

        Complete(request, "42");

        Assert.Equal(42, await request.Task);
    }

    [Fact]
    public async Task Complete_ResultOfAnotherForm_IsAProtocolError()
    {
        HostRequest<int> request = Create();

        Complete(request, "\"x\"");

        var exception = await Assert.ThrowsAsync<RenderingConnectionException>(() => request.Task);
        Assert.Equal(RenderingConnectionReason.ProtocolError, exception.Reason);
        Assert.Equal("The answer of the host is invalid for the request.", exception.Message);
        Assert.IsType<InvalidOperationException>(exception.InnerException);
    }

    [Fact]
    public async Task CompleteBinary_Result_IsRead()
    {
        HostRequest<int> request = Create();
        request.ReadBytes = static bytes => bytes.Length;

        request.CompleteBinary([1, 2, 3]);

        Assert.Equal(3, await request.Task);
    }

    [Fact]
    public async Task CompleteBinary_ReaderFails_FailsTheRequest()
    {
        HostRequest<int> request = Create();
        request.ReadBytes = static _ => throw new FormatException("Not a picture.");

        request.CompleteBinary([1, 2, 3]);

        Assert.Equal("Not a picture.", (await Assert.ThrowsAsync<FormatException>(() => request.Task)).Message);
    }

    [Fact]
    public async Task CompleteBinary_RequestForJson_IsAProtocolError()
    {
        HostRequest<int> request = Create();

        request.CompleteBinary([1, 2, 3]);

        Assert.Equal(
            RenderingConnectionReason.ProtocolError, (await Assert.ThrowsAsync<RenderingConnectionException>(() => request.Task)).Reason);
    }

    [Fact]
    public async Task Complete_NobodyWaitsAnyMore_ResultIsUnclaimed()
    {
        HostRequest<int> request = Create();
        request.ReadBytes = static bytes => bytes.Length;
        request.Cancel(new CancellationToken(canceled: true));

        Complete(request, "42");
        request.CompleteBinary([1, 2, 3]);

        Assert.Equal([42, 3], _unclaimed);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.Task);
    }

    [Fact]
    public async Task Watch_TokenIsCancelled_CancelsTheRequestAtItsBinding()
    {
        using var cancellation = new CancellationTokenSource();
        HostRequest<int> request = Create();
        request.Watch(_binding, cancellation.Token);

        cancellation.Cancel();

        Assert.True(request.IsDone, "One that was not sent is never sent.");
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.Task);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Theory]
    [InlineData("result")]
    [InlineData("bytes")]
    [InlineData("error")]
    [InlineData("result before the watch")]
    public void Watch_TokenIsCancelledAfterTheEnd_DoesNotReachTheBinding(string end)
    {
        using var cancellation = new CancellationTokenSource();
        HostRequest<int> request = Create();
        request.ReadBytes = static bytes => bytes.Length;
        if (end == "result before the watch")
        {
            Complete(request, "42");
        }

        request.Watch(_binding, cancellation.Token);
        switch (end)
        {
            case "result":
                Complete(request, "42");
                break;
            case "bytes":
                request.CompleteBinary([1]);
                break;
            case "error":
                request.Fail(new FormatException());
                _ = request.Task.Exception;
                break;
        }

        cancellation.Cancel();

        Assert.True(request.Task.IsCompleted);
        Assert.False(request.IsDone, "The binding, which did not take the answer here, would finish the request.");
    }

    [Fact]
    public void Progress_WithAndWithoutListener_IsTold()
    {
        var told = new List<double>();
        HostRequest<int> request = Create();

        request.Progress(0.25);
        request.OnProgress = told.Add;
        request.Progress(0.5);

        Assert.Equal([0.5], told);
    }

    private static void Complete(HostRequest<int> request, string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        Assert.True(reader.Read());
        request.Complete(ref reader);
    }

    private HostRequest<int> Create() => new(static (ref Utf8JsonReader reader) => reader.GetInt32()) { OnUnclaimed = _unclaimed.Add };
}
