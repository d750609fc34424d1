namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 2 of the protocol, on a host that does not let a device take a session over.</summary>
[Collection(HostConformanceCollection.Name)]
public class TakeOverRefusedCases(HostWithoutTakeOver host) : IClassFixture<HostWithoutTakeOver>
{
    [Fact]
    public async Task TakeOver_WhereItIsNotAllowed_Refused()
    {
        Assert.SkipWhen(host.AllowsTakeOver, "The host allows take-overs.");
        using DeviceLink holder = await host.OpenAsync();
        await holder.BindAsync();
        using DeviceLink other = await host.OpenOtherAsync();
        await other.SendBindAsync(takeOver: true);

        await other.ReceiveRefusalAsync(1203, "OtherSessionConnected");
        await holder.LeaveAsync(1);
    }
}
