using System.Text.Json;
using RemoteRendering.Sessions.Scene;
using Factory = RemoteRendering.Sessions.RemoteRenderingModelFactory;

namespace RemoteRendering.Sessions.Tests;

public sealed class RemoteRenderingModelFactoryTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1.0));
    private static readonly TimeSpan s_three = TimeSpan.FromMinutes(3.0);
    private static readonly TimeSpan s_four = TimeSpan.FromMinutes(4.0);

    [Fact]
    public void Properties_HaveEveryValueGiven()
    {
        RemoteRenderingServiceError error = Factory.RemoteRenderingServiceError("Code", "Text.");
        var additional = new Dictionary<string, BinaryData> { ["zone"] = BinaryData.FromString("7") };

        RenderingSessionProperties session = Factory.RenderingSessionProperties(
            "s1", RenderingSessionStatus.Ready, "Premium", "host", 1, 2, s_three, s_four, 5.5f, s_noon, error, "M", additional);

        Assert.Equal(("s1", RenderingSessionStatus.Ready, RenderingSessionVmSize.Premium), (session.Id, session.Status, session.Size));
        Assert.Equal(("host", 1, 2), (session.Hostname, session.HandshakePort, session.ArrInspectorPort));
        Assert.Equal((s_three, s_four), (session.ElapsedTime, session.MaxLeaseTime));
        Assert.Equal((5.5f, s_noon, "M"), (session.Teraflops, session.CreatedOn, session.Message));
        Assert.Same(error, session.Error);
        Assert.Same(additional, session.AdditionalProperties);
    }

    [Fact]
    public void Properties_WithoutValues_AreThoseOfASessionThatWasNotRead()
    {
        RenderingSessionProperties session = Factory.RenderingSessionProperties();

        Assert.Equal(("session", RenderingSessionStatus.Unknown, default), (session.Id, session.Status, session.Size));
        Assert.Equal((null, null, null), (session.Hostname, session.HandshakePort, session.ArrInspectorPort));
        Assert.Equal((null, null, null), (session.ElapsedTime, session.MaxLeaseTime, session.Teraflops));
        Assert.Equal((null, null, null), (session.CreatedOn, session.Error, session.Message));
        Assert.Empty(session.AdditionalProperties);
    }

    /// <summary>As a session of the service that has an error and no message.</summary>
    [Fact]
    public void Properties_WithAnErrorAndNoMessage_HaveTheMessageOfTheError()
        => Assert.Equal("Text.", Factory.RenderingSessionProperties(error: Factory.RemoteRenderingServiceError("Code", "Text.")).Message);

    [Fact]
    public void ServiceError_HasEveryValueGiven()
    {
        RemoteRenderingServiceError inner = Factory.RemoteRenderingServiceError();
        RemoteRenderingServiceError[] details = [inner];

        RemoteRenderingServiceError error = Factory.RemoteRenderingServiceError("Code", "Text.", "size", details, inner);

        Assert.Equal(("Code", "Text.", "size"), (error.Code, error.Message, error.Target));
        Assert.Same(details, error.Details);
        Assert.Same(inner, error.InnerError);
        Assert.Equal((string.Empty, string.Empty, null, null), (inner.Code, inner.Message, inner.Target, inner.InnerError));
        Assert.Empty(inner.Details);
    }

    [Theory]
    [InlineData(false, "00:20:00, between 00:03:00 and 00:04:00 left")]
    [InlineData(true, "00:20:00, between 00:03:00 and 00:04:00 left, in doubt")]
    public void Lease_HasEveryValueGiven(bool isInDoubt, string text)
    {
        RenderingSessionLease lease = Factory.RenderingSessionLease(TimeSpan.FromMinutes(20.0), s_three, s_four, isInDoubt);

        Assert.Equal((TimeSpan.FromMinutes(20.0), s_three), (lease.MaxLeaseTime, lease.RemainingAtLeast));
        Assert.Equal((s_four, isInDoubt), (lease.RemainingAtMost, lease.IsInDoubt));
        Assert.Equal(text, lease.ToString());
    }

    [Fact]
    public void Lease_WithoutValues_IsNotRunning()
    {
        RenderingSessionLease lease = Factory.RenderingSessionLease();

        Assert.Equal((null, null, null, false), (lease.MaxLeaseTime, lease.RemainingAtLeast, lease.RemainingAtMost, lease.IsInDoubt));
        Assert.EndsWith("not running", lease.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SessionChange_HasEveryValueGiven()
    {
        RenderingSessionProperties before = Factory.RenderingSessionProperties("s1", RenderingSessionStatus.Ready);
        RenderingSessionProperties after = Factory.RenderingSessionProperties(
            "s1", RenderingSessionStatus.Error, "Standard", error: Factory.RemoteRenderingServiceError("Code", "Text."));
        const RenderingSessionChangeKinds Kinds = RenderingSessionChangeKinds.Status | RenderingSessionChangeKinds.Ended;

        RenderingSessionChange change = Factory.RenderingSessionChange(4, Kinds, before, after, RenderingSessionEndReason.Failed);

        Assert.Equal((4, Kinds, RenderingSessionEndReason.Failed), (change.Number, change.Kinds, change.EndReason));
        Assert.Same(before, change.Previous);
        Assert.Same(after, change.Current);
        Assert.Equal(("s1", "Code"), (change.SessionId, change.Error?.Code));
        Assert.Equal("4: s1: Error, Standard, Status, Ended, Failed", change.ToString());
    }

    [Fact]
    public void SessionChange_WithoutValues_IsTheFirstOfASessionThatWasNotRead()
    {
        RenderingSessionChange change = Factory.RenderingSessionChange();

        Assert.Equal((1, RenderingSessionChangeKinds.None), (change.Number, change.Kinds));
        Assert.Equal((null, null, null), (change.Previous, change.EndReason, change.Error));
        Assert.Equal("session", change.SessionId);
    }

    [Fact]
    public void ConnectionChange_HasEveryValueGiven()
    {
        var error = new IOException("Cut.");

        RenderingConnectionChange change = Factory.RenderingConnectionChange(
            4,
            ConnectionStatus.Connecting,
            ConnectionStatus.Connected,
            RenderingConnectionReason.Maintenance,
            sceneKept: true,
            s_three,
            s_four,
            error,
            s_noon,
            isRequested: true);

        Assert.Equal((4, ConnectionStatus.Connecting, ConnectionStatus.Connected), (change.Number, change.OldStatus, change.Status));
        Assert.Equal((RenderingConnectionReason.Maintenance, true, true), (change.Reason, change.SceneKept, change.IsRequested));
        Assert.Equal((s_three, s_four, s_noon), (change.RetryAfter, change.EndsIn, change.Time));
        Assert.Same(error, change.Error);
    }

    [Theory]
    [InlineData(RenderingConnectionReason.DisconnectRequest, true)]
    [InlineData(RenderingConnectionReason.Cancelled, true)]
    [InlineData(RenderingConnectionReason.ConnectionLost, false)]
    public void ConnectionChange_WithoutValues_IsRequestedByItsReason(RenderingConnectionReason reason, bool isRequested)
    {
        RenderingConnectionChange change = Factory.RenderingConnectionChange(reason: reason);

        Assert.Equal((1, ConnectionStatus.Disconnected, ConnectionStatus.Disconnected), (change.Number, change.OldStatus, change.Status));
        Assert.Equal((null, null, null, false), (change.RetryAfter, change.EndsIn, change.Error, change.SceneKept));
        Assert.Equal((isRequested, default), (change.IsRequested, change.Time));
    }

    [Theory]
    [InlineData("true", MetadataValueType.Bool, true)]
    [InlineData("false", MetadataValueType.Bool, false)]
    [InlineData("-7", MetadataValueType.Int64, -7L)]
    [InlineData("9223372036854775807", MetadataValueType.Int64, long.MaxValue)]
    [InlineData("0.5", MetadataValueType.Double, 0.5)]
    [InlineData("9223372036854775808", MetadataValueType.Double, 9223372036854775808.0)]
    [InlineData("\"a\\u0041\"", MetadataValueType.String, "aA")]
    [InlineData("[1, 2]", MetadataValueType.Json, "[1, 2]")]
    [InlineData("{\"a\": null}", MetadataValueType.Json, "{\"a\": null}")]
    public void MetadataEntry_HasTheTypeAndTheValueOfTheJson(string json, MetadataValueType type, object value)
    {
        ObjectMetadataEntry entry = Factory.ObjectMetadataEntry("name", BinaryData.FromString(json));

        Assert.Equal(("name", type), (entry.Name, entry.Type));
        Assert.Equal(value, type switch
        {
            MetadataValueType.Bool => entry.AsBool,
            MetadataValueType.Int64 => entry.AsInt64,
            MetadataValueType.Double => entry.AsDouble,
            _ => entry.AsString,
        });
    }

    [Fact]
    public void MetadataEntry_OfNull_HasNoValue()
    {
        ObjectMetadataEntry entry = Factory.ObjectMetadataEntry("name", BinaryData.FromString("null"));

        Assert.Equal(MetadataValueType.Invalid, entry.Type);
        Assert.Throws<InvalidOperationException>(() => entry.AsString);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    [InlineData("nothing")]
    public void MetadataEntry_OfNoJson_IsRefused(string text)
        => Assert.ThrowsAny<JsonException>(() => Factory.ObjectMetadataEntry("name", BinaryData.FromString(text)));

    [Fact]
    public void MetadataEntry_ArgumentsMissing_AreNamed()
    {
        var one = BinaryData.FromString("1");
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => Factory.ObjectMetadataEntry(null!, one)).ParamName);
        Assert.Equal("json", Assert.Throws<ArgumentNullException>(() => Factory.ObjectMetadataEntry("name", null!)).ParamName);
    }
}
