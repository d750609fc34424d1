using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using RemoteRendering.Sessions.Diagnostics;

namespace RemoteRendering.Sessions.Tests.Diagnostics;

/// <summary>The listener gets the spans of the whole process; a test knows its own by their name.</summary>
public sealed class TracedTests
{
    private const string Name = "TracedTests.Operation";

    private static readonly Task<int> s_done = Task.FromResult(7);

    private readonly ConcurrentQueue<Activity> _spans = new();

    public static TheoryData<Exception, string> Failures => new()
    {
        { new RequestFailedException(409, "No.", "Conflict", innerException: null), "Conflict" },
        { new RequestFailedException(409, "No.", string.Empty, innerException: null), nameof(RequestFailedException) },
        { new RequestFailedException(409, "No."), nameof(RequestFailedException) },
        { new RenderingOutcomeUnknownException("Stop", "s1", innerException: null), RemoteRenderingErrorCode.OutcomeUnknown },
        { new TaskCanceledException(), nameof(TaskCanceledException) },
        { new IOException("Cut."), nameof(IOException) },
    };

    [Fact]
    public async Task Run_WithAListener_IsASpanWithTheSession()
    {
        using ActivityListener listener = Listen(ActivitySamplingResult.AllDataAndRecorded);
        Activity? inside = null;

        int result = await Traced.RunAsync(Name, "s1", 3, state =>
        {
            inside = Activity.Current;
            return Task.FromResult(state + 1);
        });

        Activity span = Assert.Single(_spans);
        Assert.Equal(4, result);
        Assert.Same(span, inside);
        Assert.Equal((Name, ActivityKind.Internal, ActivityStatusCode.Unset), (span.OperationName, span.Kind, span.Status));
        Assert.Equal([new KeyValuePair<string, object?>("rrs.session.id", "s1")], span.TagObjects);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Run_WithoutASession_HasNoTags()
    {
        using ActivityListener listener = Listen(ActivitySamplingResult.AllDataAndRecorded);

        await Traced.RunAsync(Name, null, 0, static _ => s_done);

        Assert.Empty(Assert.Single(_spans).TagObjects);
    }

    [Fact]
    public async Task Run_BelowASpan_IsItsChild()
    {
        using ActivityListener listener = Listen(ActivitySamplingResult.AllDataAndRecorded);
        using Activity caller = new Activity("caller").Start();

        await Traced.RunAsync(Name, "s1", 0, static _ => s_done);

        Assert.Equal((caller.TraceId, caller.SpanId), (_spans.Single().TraceId, _spans.Single().ParentSpanId));
        Assert.Same(caller, Activity.Current);
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Run_ThatFails_HasTheErrorAndItsType_AndThrowsTheSame(Exception failure, string type)
    {
        using ActivityListener listener = Listen(ActivitySamplingResult.AllDataAndRecorded);

        Exception? asynchronous = await Record.ExceptionAsync(
            () => Traced.RunAsync(Name, "s1", failure, static state => Task.FromException<int>(state)));
        Exception? immediate = await Record.ExceptionAsync(
            () => Traced.RunAsync<int, Exception>(Name, "s1", failure, static state => throw state));

        Assert.Same(failure, asynchronous);
        Assert.Same(failure, immediate);
        Assert.Equal(2, _spans.Count);
        Assert.All(_spans, span =>
        {
            Assert.Equal(type, span.GetTagItem("error.type"));
            Assert.Equal("s1", span.GetTagItem(RemoteRenderingTelemetry.SessionIdTag));
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.True(span.IsStopped);
        });
    }

    [Fact]
    public async Task Run_ThatNoListenerSamples_RunsWithoutASpan()
    {
        using ActivityListener listener = Listen(ActivitySamplingResult.None);

        Assert.Equal(7, await Traced.RunAsync(Name, "s1", 0, static _ => s_done));
        await Assert.ThrowsAsync<IOException>(
            () => Traced.RunAsync(Name, "s1", 0, static _ => Task.FromException<int>(new IOException("Cut."))));
        Assert.Empty(_spans);
    }

    [Fact]
    public void Run_WithoutAListener_IsTheOperationItself_AndAllocatesNothing()
    {
        Assert.False(RemoteRenderingTelemetry.Source.HasListeners());
        Assert.Same(s_done, Run());
        Assert.Equal(0, Heap.AllocatedBy(Run));

        static Task Run() => Traced.RunAsync(Name, "s1", (s_done, 3), static state => state.s_done);
    }

    [Fact]
    public void Start_WithoutAListener_IsNothing() => Assert.Null(Traced.Start(Name, ActivityKind.Client));

    [Fact]
    public void Start_HasTheKindAskedFor()
    {
        using ActivityListener listener = Listen(ActivitySamplingResult.AllDataAndRecorded);

        Traced.Start(Name, ActivityKind.Client)!.Dispose();

        Assert.Equal(ActivityKind.Client, Assert.Single(_spans).Kind);
        Assert.Empty(_spans.Single().Links);
    }

    /// <summary>Applications name these in their settings.</summary>
    [Fact]
    public void Names_AreThoseOfEveryVersion()
    {
        Assert.Equal("RemoteRendering.Sessions", RemoteRenderingTelemetry.ActivitySourceName);
        Assert.Equal("RemoteRendering.Sessions", RemoteRenderingTelemetry.MeterName);
        Assert.Equal("rrs.session.id", RemoteRenderingTelemetry.SessionIdTag);
        Assert.Equal(RemoteRenderingTelemetry.ActivitySourceName, RemoteRenderingTelemetry.Source.Name);
        Assert.Equal(RemoteRenderingTelemetry.MeterName, RemoteRenderingTelemetry.Meter.Name);
    }

    private ActivityListener Listen(ActivitySamplingResult sampling)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RemoteRenderingTelemetry.ActivitySourceName,
            Sample = (ref _) => sampling,
            ActivityStopped = span =>
            {
                if (span.OperationName == Name)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
