using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class HostBindingTests
{
    [Fact]
    public void Submit_Closed_IsRefusedWithTheReasonOfTheEnd()
    {
        var binding = new HostBinding();
        binding.Close(LinkFixture.Failure("The plug was pulled."));
        var request = new NotedRequest();

        RenderingConnectionException error = Assert.Throws<RenderingConnectionException>(() => binding.Submit(request));

        Assert.Equal(
            (RenderingConnectionReason.NoConnection, "The connection has ended: The plug was pulled."), (error.Reason, error.Message));
        Assert.Equal(1, request.Releases);
        Assert.True(binding.IsClosed);
    }

    [Fact]
    public void Submit_ForABindingThatIsGone_IsRefused()
    {
        var binding = new HostBinding();

        RenderingConnectionException error =
            Assert.Throws<RenderingConnectionException>(() => binding.Submit(new NotedRequest { Epoch = 7 }));

        Assert.Equal((RenderingConnectionReason.SceneLost, "The scene of the request no longer exists."), (error.Reason, error.Message));
        Assert.Equal(0, binding.Outstanding);
    }

    [Fact]
    [Trait("BadDay", "a request that is too large")]
    public async Task Submit_LargerThanTheHostTakes_IsRefusedAndNotSmaller()
    {
        await using var fixture = new LinkFixture();
        fixture.Binding.Attach(fixture.Link, await fixture.BindAsync(maxMessageBytes: 1024));
        var large = new NotedRequest(1024 - HostRequest.TailBytes + 1);
        fixture.Binding.Submit(new NotedRequest(1024 - HostRequest.TailBytes));

        RenderingConnectionException error = Assert.Throws<RenderingConnectionException>(() => fixture.Binding.Submit(large));

        Assert.Equal(
            (RenderingConnectionReason.MessageTooLarge, "The request has 993 bytes; the host accepts at most 1024."),
            (error.Reason, error.Message));
        Assert.Equal(1, large.Releases);
        Assert.Equal(1, fixture.Binding.Outstanding);
    }

    [Fact]
    public void Submit_TooManyWait_IsRefused()
    {
        var binding = new HostBinding();
        for (int number = 0; number < LinkLimits.MaxOutstanding; number++)
        {
            binding.Submit(new NotedRequest(16));
            if (number < 100)
            {
                SendNext(binding, number);
            }
        }

        RenderingConnectionException error = Assert.Throws<RenderingConnectionException>(() => binding.Submit(new NotedRequest(16)));

        Assert.Equal(
            (RenderingConnectionReason.TooManyRequests, "The limit of 8192 requests without an answer is reached."),
            (error.Reason, error.Message));
        Assert.Equal(8192, binding.Outstanding);
    }

    [Fact]
    public async Task Attach_HostHasGivenUpTheBinding_FailsWhatBelongedToIt()
    {
        await using var fixture = new LinkFixture();
        var part = new NotedPart();
        fixture.Binding.Part = part;
        BindAnswer answer = await fixture.BindAsync();
        fixture.Binding.Attach(fixture.Link, answer);
        NotedRequest request = fixture.Submit();
        Assert.Equal(0, part.Lost);

        fixture.Binding.Attach(fixture.Link, answer);

        var error = Assert.IsType<RenderingConnectionException>(Assert.Single(request.Failures));
        Assert.Equal(
            (RenderingConnectionReason.SceneLost, "The host has lost the binding of the request. It is unknown whether the request ran."),
            (error.Reason, error.Message));
        Assert.Equal(1, request.Releases);
        Assert.Equal(1, part.Lost);
        Assert.Equal(0, fixture.Binding.Outstanding);
    }

    [Fact]
    public void Close_FailsWhatWaitsButNotWhatWasCancelled()
    {
        var binding = new HostBinding();
        var sent = new NotedRequest();
        var cancelled = new NotedRequest();
        var unsent = new NotedRequest();
        binding.Submit(sent);
        SendNext(binding, 0);
        binding.Submit(cancelled);
        binding.Submit(unsent);
        binding.Cancel(cancelled, default);

        binding.Close(LinkFixture.Failure("Over."));
        binding.Close(LinkFixture.Failure("Over again."));

        Assert.Equal("Over.", Assert.Single(sent.Failures).Message);
        Assert.Equal("Over.", Assert.Single(unsent.Failures).Message);
        Assert.Empty(cancelled.Failures);
        Assert.Equal((1, 1, 1), (sent.Releases, cancelled.Releases, unsent.Releases));
    }

    [Fact]
    public void Cancel_Answered_DoesNothing()
    {
        var binding = new HostBinding();
        var request = new NotedRequest();
        binding.Submit(request);
        SendNext(binding, 0);
        Assert.True(binding.TryTakeAnswered(1, 10, out HostRequest? taken, out _));

        binding.Cancel(request, default);

        Assert.Same(request, taken);
        Assert.Equal(0, request.Cancels);
        Assert.False(request.IsAbandoned);
    }

    [Fact]
    public void TryTakeAnswered_NeverGivenOut_AsksForNothing()
    {
        var binding = new HostBinding();

        Assert.False(binding.TryTakeAnswered(1, int.MaxValue, out HostRequest? request, out bool isAcknowledgementDue));

        Assert.Null(request);
        Assert.False(isAcknowledgementDue);
    }

    [Fact]
    public void TryTakeAnswered_BytesAddUp_UntilTheHostHasBeenTold()
    {
        var binding = new HostBinding();
        for (int number = 0; number < 6; number++)
        {
            binding.Submit(new NotedRequest());
            SendNext(binding, number);
        }

        Assert.False(Take(binding, 1, 64 * 1024));
        Assert.False(Take(binding, 2, (64 * 1024) - 1));
        Assert.True(Take(binding, 3, 1));
        lock (binding.Gate)
        {
            Assert.Equal(3, binding.TakeAcknowledgement_NeedsGate());
        }

        Assert.False(Take(binding, 4, (128 * 1024) - 1));
        Assert.True(Take(binding, 5, int.MaxValue));
        Assert.True(Take(binding, 6, int.MaxValue));
    }

    [Fact]
    public void TryTakeAnswered_AnswersAddUp()
    {
        var binding = new HostBinding();
        for (int number = 0; number < 128; number++)
        {
            binding.Submit(new NotedRequest());
            SendNext(binding, number);
            Assert.Equal(number == 127, Take(binding, number + 1, 1));
        }
    }

    [Theory]
    [InlineData(4 * 1024 * 1024, 9)]
    [InlineData(1, 32_769)]
    public void Next_OneRequestRunsLongAndAnswersBehindItPileUp_WaitsUntilTheMarkMoves(int bytes, int answers)
    {
        var binding = new HostBinding();
        binding.Submit(new NotedRequest());
        SendNext(binding, 0);
        for (int id = 2; id < answers + 2; id++)
        {
            binding.Submit(new NotedRequest(16));
            SendNext(binding, id - 1);
            Assert.True(binding.TryTakeAnswered(id, bytes, out _, out _));
        }

        binding.Submit(new NotedRequest());
        Assert.Null(Next(binding, answers + 1));

        Assert.True(binding.TryTakeAnswered(1, 10, out _, out bool isAcknowledgementDue));
        Assert.True(isAcknowledgementDue);
        SendNext(binding, answers + 1);
    }

    [Fact]
    public void Next_ManyBytesWaitForTheirAnswers_WaitsForOne()
    {
        var binding = new HostBinding();
        for (int id = 1; id <= 5; id++)
        {
            binding.Submit(new NotedRequest(8 * 1024 * 1024));
        }

        AssertTakesOnly(binding, 4, answered: 3);
    }

    [Fact]
    public void Next_ManyPicturesAreAskedForAtOnce_WaitsForOne()
    {
        var binding = new HostBinding();
        for (int id = 1; id <= 13; id++)
        {
            var request = new HostRequest<bool>(static (ref _) => true) { ReadBytes = static _ => true };
            HostRequestEncoder.Encode<object?>(request, "captureFrame", null, null);
            binding.Submit(request);
        }

        AssertTakesOnly(binding, 12, answered: 1);
    }

    [Fact]
    public void Next_TheHostIsToldOfTheEnd_ThoughAnswersHavePiledUp()
    {
        var binding = new HostBinding();
        binding.Submit(new NotedRequest());
        SendNext(binding, 0);
        binding.Submit(new NotedRequest());
        SendNext(binding, 1);
        binding.TryTakeAnswered(2, 40 * 1024 * 1024, out _, out _);
        binding.Close(LinkFixture.Failure());

        lock (binding.Gate)
        {
            binding.EnqueueLast_NeedsGate(2, new NotedRequest("unbind"));
        }

        Assert.NotNull(Next(binding, 2));
    }

    [Fact]
    public void Submit_WhatWasCancelledBeforeItWasSent_DoesNotCount()
    {
        var binding = new HostBinding();
        for (int number = 0; number < LinkLimits.MaxOutstanding + 100; number++)
        {
            var request = new NotedRequest(16);
            binding.Submit(request);
            if (number % 3 != 0)
            {
                binding.Cancel(request, default);
                Assert.Equal(1, request.Releases);
            }
        }

        int kept = (LinkLimits.MaxOutstanding + 102) / 3;
        Assert.Equal(kept, binding.Outstanding);
        for (int id = 1; id <= kept; id++)
        {
            SendNext(binding, id - 1);
        }

        Assert.Null(Next(binding, kept));
        Assert.Equal(kept, binding.Outstanding);
    }

    private static HostRequest? Next(HostBinding binding, long after)
    {
        lock (binding.Gate)
        {
            long cursor = after;
            return binding.Next_NeedsGate(ref cursor);
        }
    }

    private static bool Take(HostBinding binding, long id, int bytes)
    {
        Assert.True(binding.TryTakeAnswered(id, bytes, out HostRequest? request, out bool isAcknowledgementDue));
        Assert.NotNull(request);
        return isAcknowledgementDue;
    }

    /// <summary>Sends as many requests as fit; another goes when one is answered, and the host is told so before.</summary>
    private static void AssertTakesOnly(HostBinding binding, int count, long answered)
    {
        for (int id = 1; id <= count; id++)
        {
            SendNext(binding, id - 1);
        }

        Assert.Null(Next(binding, count));
        Assert.True(binding.TryTakeAnswered(answered, 10, out _, out bool isAcknowledgementDue));
        Assert.True(isAcknowledgementDue);
        SendNext(binding, count);
    }

    private static void SendNext(HostBinding binding, long after)
    {
        lock (binding.Gate)
        {
            long cursor = after;
            Assert.NotNull(binding.Next_NeedsGate(ref cursor));
            Assert.Equal(after + 1, cursor);
        }
    }

    private sealed class NotedPart : IHostBindingPart
    {
        public int Lost { get; private set; }

        public void OnBindingLost(BindAnswer answer) => Lost++;

        public void OnClosed(ConnectionFailure failure)
        {
        }

        public void OnPicture(uint preview, long number, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
