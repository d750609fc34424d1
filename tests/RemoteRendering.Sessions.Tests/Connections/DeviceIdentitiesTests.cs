using RemoteRendering.Sessions.Connections;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Tests.Connections;

public sealed class DeviceIdentitiesTests
{
    private readonly DeviceIdentities _devices = new("headset-7");

    [Fact]
    public void GetOrAdd_SameSession_IsTheSameDevice_AnotherSession_HasAnotherKey()
    {
        DeviceIdentity device = _devices.GetOrAdd("a");

        Assert.Same(device, _devices.GetOrAdd("a"));
        Assert.Same(device, _devices.GetOrAdd("a", DeviceIdentity.Create("before")));
        Assert.NotEqual(device.BindingKey, _devices.GetOrAdd("b").BindingKey);
        Assert.Equal("headset-7", _devices.GetOrAdd("b").ClientId);
    }

    [Fact]
    public void GetOrAdd_FromBeforeARestart_IsKept()
    {
        DeviceIdentity before = DeviceIdentity.Create("headset-7");

        Assert.Same(before, _devices.GetOrAdd("a", before));
        Assert.Same(before, _devices.GetOrAdd("a"));
    }

    [Fact]
    public void GetOrAdd_ManySessions_OldestIsForgotten()
    {
        DeviceIdentity first = _devices.GetOrAdd("first");
        DeviceIdentity second = _devices.GetOrAdd("second");
        for (int number = 0; number < DeviceIdentities.Capacity - 1; number++)
        {
            _devices.GetOrAdd("session " + number);
        }

        Assert.Same(second, _devices.GetOrAdd("second"));
        Assert.NotSame(first, _devices.GetOrAdd("first"));
    }
}
