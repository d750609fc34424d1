using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections.Messages;

public sealed class DeviceIdentityTests
{
    [Fact]
    public void Create_Key_Is64LowercaseHexDigits()
    {
        DeviceIdentity device = DeviceIdentity.Create("headset-7");

        Assert.Equal("headset-7", device.ClientId);
        Assert.Matches("^[0-9a-f]{64}$", device.BindingKey);
        Assert.NotEqual(DeviceIdentity.Create("headset-7").BindingKey, device.BindingKey);
    }

    [Fact]
    public void InstanceId_SameKeyReadTwice_TwoInstances()
    {
        DeviceIdentity device = DeviceIdentity.Create("headset-7");
        var again = new DeviceIdentity(device.ClientId, device.BindingKey);

        Assert.Matches("^[0-9a-f]{32}$", device.InstanceId);
        Assert.NotEqual(device.InstanceId, again.InstanceId);
        Assert.Equal(device.InstanceId, device.InstanceId);
    }
}
