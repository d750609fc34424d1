using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

/// <summary>
/// Listeners hear every connection of the process; a test knows the spans of its own by their trace, and its counts by a reason that no
/// other test gives.
/// </summary>
public sealed class ConnectionTelemetryTests : IDisposable
{
    private readonly Activity _caller = new Activity("caller").Start();

    [Fact]
    public async Task Attempts_AreSpansOfTheCaller_WithSessionNumberAndError()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RemoteRenderingTelemetry.ActivitySourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using (var connection = new ConnectionHarness())
        {
            connection.Options.InitialConnectPolicy = new ExponentialReconnectPolicy { FirstDelay = TimeSpan.Zero };
            connection.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "No."));
            await connection.ConnectAsync();
        }

        Activity[] own = [.. spans.Where(span => span.TraceId == _caller.TraceId && span.OperationName == "RenderingConnection.Attempt")];
        Assert.Equal(2, own.Length);
        Assert.All(own, span =>
        {
            Assert.Equal(_caller.SpanId, span.ParentSpanId);
            Assert.Equal(ActivityKind.Client, span.Kind);
            Assert.Equal("my-session", span.GetTagItem(RemoteRenderingTelemetry.SessionIdTag));
        });
        Assert.Equal([0, 1], own.Select(static span => span.GetTagItem("rrs.connection.attempt")));
        Assert.Equal(["HandshakeConnectionRefused", null], own.Select(static span => span.GetTagItem("error.type")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], own.Select(static span => span.Status));
    }

    [Fact]
    public async Task FailedAttemptsAndLostLinks_AreCountedByTheirReason()
    {
        var error = new RenderingConnectionException(RenderingConnectionReason.NoConnection, "No.");
        var counts = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == RemoteRenderingTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            string text = $"{instrument.Name} {count} {string.Join(' ', tags.ToArray().Select(static tag => tag.Key + "=" + tag.Value))}";
            if (text.EndsWith("=" + nameof(RenderingConnectionReason.NoConnection), StringComparison.Ordinal))
            {
                counts.Enqueue(text);
            }
        });
        listener.Start();
        await using (var connection = new ConnectionHarness())
        {
            connection.Options.InitialConnectPolicy = new ExponentialReconnectPolicy { FirstDelay = TimeSpan.Zero };
            connection.Options.ReconnectPolicy = new ExponentialReconnectPolicy { InitialDelay = TimeSpan.FromTicks(1) };
            connection.Host.FailNext(error);
            await connection.ConnectAsync();
            connection.Host.Link.Cut(error);
            await connection.WaitForAsync(ConnectionStatus.Reconnecting);
            await connection.WaitForAsync(ConnectionStatus.Connected);
        }

        Assert.Equal(
            [
                "rrs.connection.failed_attempts 1 rrs.connection.reason=NoConnection",
                "rrs.connection.lost_links 1 rrs.connection.reason=NoConnection",
            ],
            counts);
    }

    [Fact]
    public void Dispose() => _caller.Dispose();
}
