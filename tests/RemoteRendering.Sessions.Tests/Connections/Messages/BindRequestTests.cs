using System.Text;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class BindRequestTests
{
    [Theory]
    [InlineData(true, "takeOver", 1500)]
    [InlineData(false, "resume", 0)]
    public void WriteTo_Policy_ADrainTimeGoesOnlyWithATakeOver(bool takeOver, string policy, int drainMs)
    {
        var device = new DeviceIdentity("headset-7", "c0ffee");
        var request =
            new BindRequest("session-1", device) { TakeOver = takeOver, Drain = TimeSpan.FromSeconds(1.5), Epoch = 4, Answered = 9 };
        var buffer = new PooledBuffer(256);

        request.WriteTo(buffer);

        Assert.Equal(
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"bind\",\"params\":{\"protocol\":1,\"sessionId\":\"session-1\","
                + "\"clientId\":\"headset-7\","
                + $"\"bindingKey\":\"c0ffee\",\"instanceId\":\"{device.InstanceId}\",\"policy\":\"{policy}\",\"drainMs\":{drainMs},"
                + $"\"epoch\":4,\"answered\":9}}}}",
            Encoding.UTF8.GetString(buffer.Written.ToArray()));
        buffer.Release();
    }
}
