using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Binding;
using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Requests;

/// <summary>How much a host takes, and keeps.</summary>
public class RequestLimitTests
{
    [Fact]
    public async Task Frame_LargerThanTheLimit_ClosedAsTooLarge()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        await device.RequestAsync(1, "echo", $"\"{new string('x', 1024 * 1024)}\"");

        await device.ExpectCloseAsync(1009);
    }

    [Fact]
    public async Task Frame_JustWithinTheLimit_Works()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        string frame = """{"jsonrpc":"2.0","id":1,"method":"echo","params":""}""";
        string text = new('x', (1024 * 1024) - frame.Length);
        await device.SendAsync(frame.Replace("\"\"", $"\"{text}\"", StringComparison.Ordinal));

        Assert.Equal(text, (await device.ReceiveAsync()).GetProperty("result").GetString());
    }

    [Fact]
    public void Ledger_ClientNeverAcknowledges_IsOverfullInTheEnd()
    {
        var ledger = new RequestLedger();
        for (int id = 1; id <= 65_536; id++)
        {
            ledger.Start(new HostRequest(null!, null!, id, new InboundFrame("echo", id, default)));
            ledger.Finish(id, Array.Empty<byte>());
        }

        Assert.False(ledger.IsOverfull);
        ledger.Start(new HostRequest(null!, null!, 65_536 + 1, new InboundFrame("echo", 65_536 + 1, default)));
        ledger.Finish(65_536 + 1, Array.Empty<byte>());

        Assert.True(ledger.IsOverfull);
        ledger.Acknowledge(2);
        Assert.False(ledger.IsOverfull);
    }

    [Fact]
    public void Ledger_RequestsThatNeverEnd_AreTooManyInTheEnd()
    {
        var ledger = new RequestLedger();
        for (int id = 1; id <= 16_384; id++)
        {
            Assert.False(ledger.IsOverfull);
            ledger.Start(new HostRequest(null!, null!, id, new InboundFrame("gated", id, default)));
        }

        Assert.True(ledger.IsOverfull);
        ledger.Finish(7, Array.Empty<byte>());
        Assert.False(ledger.IsOverfull);
    }

    [Fact]
    public async Task Request_TooManyBytesNeverEnd_4400AndTheOneThatWasTooMuchIsNotTakenIn()
    {
        var feature = new GatedFeature();
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        string parameters = '"' + new string('x', 1_000_000) + '"';
        int fit = 0;
        while ((long)fit * 1_000_002 < 64L * 1024 * 1024)
        {
            await device.RequestAsync(++fit, "gated", parameters);
        }

        await host.UntilAsync("requestStarted", fit);
        await device.RequestAsync(fit + 1, "gated", "1");

        await device.ExpectCloseAsync(4400);
        TestDevice back = host.Connect();
        Assert.Equal(fit, (await back.BindAsync(epoch: 1)).GetProperty("received").GetInt64());
        feature.Release(1);
        await back.ReceiveAsync();
        Assert.Equal("2", (await back.CallAsync(fit + 1, "echo", "2")).GetProperty("result").GetRawText());
        Assert.Equal(fit + 1, host.Count("requestStarted"));
    }
}
