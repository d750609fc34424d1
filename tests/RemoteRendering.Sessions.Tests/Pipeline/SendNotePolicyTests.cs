using System.Net.Sockets;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Pipeline;

public sealed class SendNotePolicyTests
{
    private static readonly SessionResponseClassifier s_classifier = new([200], repeatable: true);

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    public async Task Send_Answered_IsNotedAsSent(int status)
    {
        var note = new Note();

        Assert.Null(await SendAsync(note, _ => new FakeResponse(status)));

        Assert.Equal(["Sending"], note.Calls);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.ConnectionReset, false)]
    public async Task Send_Failed_IsTakenBackOnlyWhenItWasNotSent(SocketError error, bool isTakenBack)
    {
        var note = new Note();
        var failure = new HttpRequestException("No.", new SocketException((int)error));

        Assert.Same(failure, await SendAsync(note, _ => throw failure));

        Assert.Equal(isTakenBack ? ["Sending", "NotSent"] : ["Sending"], note.Calls);
    }

    [Fact]
    public async Task Send_CancelledBefore_IsNeitherSentNorNoted()
    {
        var note = new Note();
        bool isSent = false;

        Exception? exception = await SendAsync(
            note, _ => FakeResponse.WithText(200, $"{isSent = true}"), new CancellationToken(canceled: true));

        Assert.IsAssignableFrom<OperationCanceledException>(exception);
        Assert.False(isSent);
        Assert.Empty(note.Calls);
    }

    [Fact]
    public async Task Send_Repeated_IsNotedForEachTry()
    {
        var note = new Note();
        var transport = new FakeTransport(static number => number < 3 ? throw new IOException("Cut.") : new FakeResponse(200));
        (HttpPipeline pipeline, HttpMessage message) = transport.Start(
            s_classifier, new RetryPolicy(3, DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero)), new SendNotePolicy());
        SendNotePolicy.Attach(message, note);

        await pipeline.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(["Sending", "Sending", "Sending"], note.Calls);
    }

    [Fact]
    public async Task Send_WithoutANote_IsSent()
    {
        var transport = new FakeTransport(static _ => new FakeResponse(200));
        (HttpPipeline pipeline, HttpMessage message) = transport.Start(s_classifier, new SendNotePolicy());

        await pipeline.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(1, transport.Tries);
    }

    [Fact]
    public void Send_OfACallThatBlocks_IsRefused()
    {
        var transport = new FakeTransport(static _ => new FakeResponse(200));
        (HttpPipeline pipeline, HttpMessage message) = transport.Start(s_classifier, new SendNotePolicy());

        Assert.Throws<NotSupportedException>(() => pipeline.Send(message, TestContext.Current.CancellationToken));
    }

    private static async Task<Exception?> SendAsync(
        Note note, Func<int, FakeResponse> answer, CancellationToken cancellationToken = default)
    {
        (HttpPipeline pipeline, HttpMessage message) = new FakeTransport(answer).Start(s_classifier, new SendNotePolicy());
        SendNotePolicy.Attach(message, note);
        return await Record.ExceptionAsync(() => pipeline.SendAsync(message, cancellationToken).AsTask());
    }

    private sealed class Note : ISendNote
    {
        public List<string> Calls { get; } = [];

        public void Sending() => Calls.Add(nameof(Sending));

        public void NotSent() => Calls.Add(nameof(NotSent));

        public void Refused() => Calls.Add(nameof(Refused));
    }
}
