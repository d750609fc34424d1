using System.Text;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Messages;

/// <summary>What a host of one's own gives to the protocol, at its limits.</summary>
public sealed class HostValueTests
{
    [Theory]
    [InlineData(HostRefusalReason.None)]
    [InlineData((HostRefusalReason)(-1))]
    [InlineData((HostRefusalReason)1_000)]
    public void Refusal_WithoutAReasonOfTheProtocol_Throws(HostRefusalReason reason)
    {
        Assert.Equal("reason", Assert.Throws<ArgumentOutOfRangeException>(() => new HostRefusal(reason, "No.")).ParamName);
        Assert.Equal(
            "message", Assert.Throws<ArgumentNullException>(() => new HostRefusal(HostRefusalReason.SessionEnded, null!)).ParamName);
    }

    [Fact]
    public void Refusal_RetryAfterIsNegative_IsZero()
    {
        Assert.Equal(TimeSpan.Zero, new HostRefusal(HostRefusalReason.SessionEnded, "Over.", TimeSpan.FromSeconds(-1)).RetryAfter);
        Assert.Null(new HostRefusal(HostRefusalReason.SessionEnded, "Over.").RetryAfter);
    }

    [Fact]
    public void View_ChangeIsOverdue_IsNow()
    {
        Assert.Equal(TimeSpan.Zero, new HostSessionView("s", HostSessionPhase.Ready, TimeSpan.FromTicks(-1)).UntilChange);
        Assert.Equal("id", Assert.Throws<ArgumentNullException>(() => new HostSessionView(null!, HostSessionPhase.Ready)).ParamName);
    }

    [Fact]
    public void Answer_Default_IsAnEmptyResult() =>
        Assert.Equal("""{"jsonrpc":"2.0","id":7,"result":{}}""", Encoding.UTF8.GetString(default(HostAnswer).ToFrame(7).Bytes));

    [Fact]
    public void Answer_ErrorWithoutCode_Throws() =>
        Assert.Equal("code", Assert.Throws<ArgumentOutOfRangeException>(() => HostAnswer.Error(0, "Failed.", "Failed")).ParamName);

    [Fact]
    public async Task Progress_IsNoNumber_ThrowsAndTheRequestGoesOn()
    {
        await using var host = new HostFixture(
            null,
            new OneMethodFeature(request =>
            {
                Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => request.ReportProgress(double.NaN)).ParamName);
                request.ReportProgress(2);
                return HostAnswer.Empty;
            }));
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "work");

        Assert.Equal(1, (await device.ReceiveAsync()).GetProperty("params").GetProperty("value").GetDouble());
        Assert.Equal("{}", (await device.ReceiveAsync()).GetProperty("result").GetRawText());
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(5000)]
    public async Task Close_CodeThatIsNeverSent_ThrowsAndTheLinkGoesOn(int code)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        Assert.Equal(
            "code",
            (
                await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                    () => host.Engine.Connections.Single().CloseAsync(code).AsTask())).ParamName);
        Assert.Equal("code", Assert.Throws<ArgumentOutOfRangeException>(() => host.HostFaults.Close(code)).ParamName);

        Assert.True((await device.CallAsync(1)).TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData(HostMessageKind.Close)]
    [InlineData(HostMessageKind.Lost)]
    [InlineData(HostMessageKind.TooLarge)]
    public async Task Send_KindOfNoMessage_ThrowsAndTheLinkGoesOn(HostMessageKind kind)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        Assert.Equal(
            "kind",
            (
                await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                    () => host.Engine.Connections.Single().SendAsync(kind, new byte[1]).AsTask())).ParamName);

        Assert.True((await device.CallAsync(1)).TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(399)]
    [InlineData(600)]
    public async Task RefuseUpgrades_StatusOfNoError_Throws(int status)
    {
        await using var host = new HostFixture();

        Assert.Equal("statusCode", Assert.Throws<ArgumentOutOfRangeException>(() => host.HostFaults.RefuseUpgrades(1, status)).ParamName);
    }
}
