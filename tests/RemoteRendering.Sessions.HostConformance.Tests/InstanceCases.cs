namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 2 of the protocol: several instances of one device.</summary>
[Collection(HostConformanceCollection.Name)]
public class InstanceCases(HostUnderTest host)
{
    private readonly string _first = NewInstance();
    private readonly string _second = NewInstance();

    [Fact]
    public async Task OlderInstance_ShowsItsEpoch_RefusedAndTheNewerOneNoticesNothing()
    {
        using DeviceLink old = await host.OpenAsync();
        Binding before = await old.BindAsync(more: _first);
        old.Cut();
        using DeviceLink live = await host.OpenAsync();
        Binding after = await live.BindAsync(more: _second);
        using DeviceLink back = await host.OpenAsync();
        await back.SendBindAsync(before.Epoch, more: _first);

        await RefusedAsync(back);

        Assert.Equal(before.Epoch + 1, after.Epoch);
        await live.CallAsync(1);
        await live.LeaveAsync(2);
    }

    [Fact]
    public async Task OlderInstance_OfADeviceThatDoesNotSay_RefusedToo()
    {
        using DeviceLink old = await host.OpenAsync();
        Binding before = await old.BindAsync();
        using DeviceLink live = await host.OpenAsync();
        await live.BindAsync();
        using DeviceLink back = await host.OpenAsync();
        await back.SendBindAsync(before.Epoch);

        await RefusedAsync(back);
        await live.LeaveAsync(1);
    }

    [Fact]
    public async Task SupersededInstance_ConnectsAnew_RefusedUntilTheOtherLeft()
    {
        using DeviceLink first = await host.OpenAsync();
        await first.BindAsync(more: _first);
        using DeviceLink second = await host.OpenAsync();
        Binding held = await second.BindAsync(more: _second);
        await first.ExpectCloseAsync(4409);
        using DeviceLink again = await host.OpenAsync();
        await again.SendBindAsync(more: _first);

        await RefusedAsync(again);

        await second.LeaveAsync(1);
        using DeviceLink free = await host.OpenAsync();
        Assert.Equal(held.Epoch + 1, (await free.BindAsync(more: _first)).Epoch);
        await free.LeaveAsync(1);
    }

    [Fact]
    public async Task SupersededInstance_TakesOver_GetsTheSession()
    {
        using DeviceLink first = await host.OpenAsync();
        await first.BindAsync(more: _first);
        using DeviceLink second = await host.OpenAsync();
        Binding held = await second.BindAsync(more: _second);
        using DeviceLink taker = await host.OpenAsync();

        Binding taken = await taker.BindAsync(takeOver: true, more: _first);

        Assert.Equal(held.Epoch + 1, taken.Epoch);
        await second.ExpectCloseAsync(4409);
        using DeviceLink loser = await host.OpenAsync();
        await loser.SendBindAsync(held.Epoch, more: _second);
        await RefusedAsync(loser);
        await taker.LeaveAsync(1);
    }

    [Fact]
    public async Task SameInstance_OlderEpoch_ItsAnswerWasLost_NewBinding()
    {
        using DeviceLink first = await host.OpenAsync();
        Binding before = await first.BindAsync(more: _first);
        await first.LeaveAsync(1);
        using DeviceLink second = await host.OpenAsync();
        await second.BindAsync(before.Epoch, more: _first);
        second.Cut();
        using DeviceLink third = await host.OpenAsync();

        Binding after = await third.BindAsync(before.Epoch, more: _first);

        Assert.Equal(before.Epoch + 2, after.Epoch);
        Assert.False(after.Resumed);
        await third.LeaveAsync(1);
    }

    [Fact]
    public async Task InstanceId_NoText_Refused()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.SendBindAsync(more: ",\"instanceId\":7");

        await link.ReceiveRefusalAsync(-32602, "InvalidParameter");
    }

    private static string NewInstance() => $",\"instanceId\":\"{Guid.NewGuid():N}\"";

    private static async Task RefusedAsync(DeviceLink link)
        => Assert.False((await link.ReceiveRefusalAsync(2007, "LinkSuperseded")).TryGetProperty("retryAfterMs", out _));
}
