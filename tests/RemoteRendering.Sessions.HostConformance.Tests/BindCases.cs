using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 2 of the protocol: who may bind.</summary>
[Collection(HostConformanceCollection.Name)]
public class BindCases(HostUnderTest host)
{
    [Fact]
    public async Task Bind_FreeSession_AnswerHasEveryMember()
    {
        using DeviceLink link = await host.OpenAsync();

        Binding binding = await link.BindAsync();

        Assert.Equal(1, binding.Protocol);
        Assert.True(binding.Epoch > 0);
        Assert.Equal(1, binding.Link);
        Assert.False(binding.Resumed);
        Assert.False(binding.SceneKept);
        Assert.Equal(0, binding.Received);
        Assert.True(binding.DeadAfter > binding.KeepAlive);
        Assert.True(binding.MaxMessageBytes >= 1024 * 1024);
        Assert.DoesNotContain(null, binding.Features);
        await link.LeaveAsync(1);
    }

    [Fact]
    public async Task Bind_AfterLeaving_EpochHasGrown()
    {
        using DeviceLink first = await host.OpenAsync();
        Binding before = await first.BindAsync();
        await first.LeaveAsync(1);

        using DeviceLink second = await host.OpenAsync();
        Binding after = await second.BindAsync(before.Epoch);

        Assert.Equal(before.Epoch + 1, after.Epoch);
        Assert.False(after.Resumed);
        Assert.False(after.SceneKept);
        await second.LeaveAsync(1);
    }

    [Fact]
    public async Task Bind_SameDeviceWhileItsOldLinkIsOpen_ResumesAndTheOldLinkIsClosedFirst()
    {
        using DeviceLink old = await host.OpenAsync();
        Binding before = await old.BindAsync();
        await old.CallAsync(1);

        using DeviceLink fresh = await host.OpenAsync();
        Binding after = await fresh.BindAsync(before.Epoch);

        Assert.Equal(before.Epoch, after.Epoch);
        Assert.Equal(before.Link + 1, after.Link);
        Assert.True(after.Resumed);
        Assert.True(after.SceneKept);
        Assert.Equal(1, after.Received);
        await old.ExpectCloseAsync(4409);
        await fresh.LeaveAsync(2);
    }

    [Fact]
    public async Task Bind_SameDeviceAfterACut_ResumesAtOnce()
    {
        using DeviceLink old = await host.OpenAsync();
        Binding before = await old.BindAsync();
        old.Cut();

        using DeviceLink fresh = await host.OpenAsync();
        Binding after = await fresh.BindAsync(before.Epoch);

        Assert.True(after.Resumed);
        Assert.Equal(before.Epoch, after.Epoch);
        await fresh.LeaveAsync(1);
    }

    [Fact]
    public async Task Bind_OwnKeyWithAnotherEpoch_NewBinding()
    {
        using DeviceLink old = await host.OpenAsync();
        Binding before = await old.BindAsync();
        await old.CallAsync(1);

        using DeviceLink restarted = await host.OpenAsync();
        Binding after = await restarted.BindAsync(epoch: 0);

        Assert.Equal(before.Epoch + 1, after.Epoch);
        Assert.False(after.Resumed);
        Assert.False(after.SceneKept);
        Assert.Equal(0, after.Received);
        await old.ExpectCloseAsync(4409);
        await restarted.LeaveAsync(1);
    }

    [Fact]
    public async Task Bind_AnotherDevice_Refused()
    {
        using DeviceLink holder = await host.OpenAsync();
        await holder.BindAsync();
        using DeviceLink other = await host.OpenOtherAsync();
        await other.SendBindAsync();

        JsonElement data = await other.ReceiveRefusalAsync(1203, "OtherSessionConnected");

        Assert.True(host.ReleasesOnDisconnect || !data.TryGetProperty("retryAfterMs", out _));
        await holder.CallAsync(1);
        await holder.LeaveAsync(2);
    }

    [Fact]
    public async Task Bind_SameClientIdWithAnotherKey_Refused()
    {
        using DeviceLink holder = await host.OpenAsync();
        Binding binding = await holder.BindAsync();
        using DeviceLink thief = await host.OpenAsync();
        thief.Key = DeviceLink.KeyOf("guessed");
        await thief.SendBindAsync(binding.Epoch);

        await thief.ReceiveRefusalAsync(1203, "OtherSessionConnected");
        await holder.LeaveAsync(1);
    }

    [Fact]
    public async Task Bind_SameKeyWithAnotherClientId_Refused()
    {
        using DeviceLink holder = await host.OpenAsync();
        Binding binding = await holder.BindAsync();
        using DeviceLink other = await host.OpenAsync();
        other.ClientId = "conformance-somebody";
        await other.SendBindAsync(binding.Epoch);

        await other.ReceiveRefusalAsync(1203, "OtherSessionConnected");
        await holder.LeaveAsync(1);
    }

    [Fact]
    public async Task Bind_AnotherDeviceAfterTheOwnerLeft_RefusedOrFreeAsTheHostIsSet()
    {
        using DeviceLink owner = await host.OpenAsync();
        await owner.BindAsync();
        await owner.LeaveAsync(1);
        using DeviceLink other = await host.OpenOtherAsync();
        await other.SendBindAsync();

        if (host.ReleasesOnDisconnect)
        {
            await other.ReceiveBoundAsync();
            await other.LeaveAsync(1);
        }
        else
        {
            JsonElement data = await other.ReceiveRefusalAsync(1203, "OtherSessionConnected");
            Assert.False(data.TryGetProperty("retryAfterMs", out _));
        }
    }

    [Fact]
    public async Task Bind_ManyOthersAtOnce_AllRefused()
    {
        using DeviceLink owner = await host.OpenAsync();
        await owner.BindAsync();
        DeviceLink[] others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.OpenOtherAsync()));
        for (int i = 0; i < others.Length; i++)
        {
            others[i].ClientId = $"conformance-other-{i}";
        }

        await Task.WhenAll(others.Select(other => other.SendBindAsync()));

        await Task.WhenAll(others.Select(other => other.ReceiveRefusalAsync(1203, "OtherSessionConnected")));
        await owner.LeaveAsync(1);
        Array.ForEach(others, other => other.Dispose());
    }

    [Fact]
    public async Task Bind_SameDeviceOnManyLinksAtOnce_OneLinkIsLeft()
    {
        using DeviceLink first = await host.OpenAsync();
        Binding before = await first.BindAsync();
        DeviceLink[] links = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.OpenAsync()));

        Binding[] bindings = await Task.WhenAll(links.Select(link => link.BindAsync(before.Epoch)));

        Assert.Equal(Enumerable.Range(2, 8).Select(number => (long)number), bindings.Select(binding => binding.Link).Order());
        for (int i = 0; i < links.Length; i++)
        {
            if (bindings[i].Link == 9)
            {
                await links[i].LeaveAsync(1);
            }
            else
            {
                await links[i].ExpectCloseAsync(4409);
            }

            links[i].Dispose();
        }
    }

    [Fact]
    public async Task Bind_UnknownSession_Refused()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.SendBindAsync(sessionId: "conformance-no-such-session");

        await link.ReceiveRefusalAsync(1502, "SessionNotFound");
    }

    [Fact]
    public async Task Bind_AnotherVersion_Refused()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.SendBindAsync(protocol: 1_000_000);

        await link.ReceiveRefusalAsync(911, "ProtocolVersionMismatch");
    }

    [Theory]
    [InlineData("clientId", "")]
    [InlineData("bindingKey", "abc")]
    public async Task Bind_MemberMalformed_Refused(string member, string value)
    {
        using DeviceLink link = await host.OpenAsync();
        link.ClientId = member == "clientId" ? value : link.ClientId;
        link.Key = member == "bindingKey" ? value : link.Key;
        await link.SendBindAsync();

        await link.ReceiveRefusalAsync(-32602, "InvalidParameter");
    }

    [Fact]
    public async Task Bind_DrainLongerThanAMinute_Refused()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.SendBindAsync(takeOver: true, drainMs: 60_001);

        await link.ReceiveRefusalAsync(-32602, "InvalidParameter");
    }

    [Fact]
    public async Task Bind_Twice_AnsweredAndClosed()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        await link.SendBindAsync(binding.Epoch);

        Assert.Equal(-32600, (await link.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await link.ExpectCloseAsync(4400);
    }

    [Fact]
    public async Task TakeOver_WithDrain_HolderGoesOnAndIsThenFencedOut()
    {
        Assert.SkipUnless(host.AllowsTakeOver, "The host does not allow take-overs.");
        using DeviceLink holder = await host.OpenAsync();
        Binding before = await holder.BindAsync();
        using DeviceLink taker = await host.OpenOtherAsync();
        await taker.SendBindAsync(takeOver: true, drainMs: 300);

        JsonElement goodbye = await holder.ExpectGoodbyeAsync("TakenOver");
        Assert.InRange(goodbye.GetProperty("afterMs").GetInt64(), 1, 300);
        Assert.False(goodbye.GetProperty("comeBack").GetBoolean());
        Binding after = await taker.ReceiveBoundAsync();

        Assert.Equal(before.Epoch + 1, after.Epoch);
        await holder.ExpectCloseAsync(4409);

        await GiveBackAsync(before.Epoch);
    }

    [Fact]
    public async Task TakeOver_AnotherDeviceDuringTheDrain_RefusedWithWhatIsLeft()
    {
        Assert.SkipUnless(host.AllowsTakeOver, "The host does not allow take-overs.");
        using DeviceLink holder = await host.OpenAsync();
        Binding before = await holder.BindAsync();
        using DeviceLink taker = await host.OpenOtherAsync();
        await taker.SendBindAsync(takeOver: true, drainMs: 3000);
        await holder.ExpectGoodbyeAsync("TakenOver");
        using DeviceLink third = await host.OpenOtherAsync();
        third.ClientId = "conformance-third";
        third.Key = DeviceLink.KeyOf(third.ClientId);
        await third.SendBindAsync(takeOver: true);

        JsonElement data = await third.ReceiveRefusalAsync(1203, "OtherSessionConnected");

        Assert.InRange(data.GetProperty("retryAfterMs").GetInt64(), 1, 3000);
        await holder.CallAsync(1);
        await holder.LeaveAsync(2);
        await taker.ReceiveBoundAsync();
        await taker.LeaveAsync(1);
        await GiveBackAsync(before.Epoch);
    }

    [Fact]
    public async Task TakeOver_AskedAgainOnANewLink_TheNewLinkIsAnswered()
    {
        Assert.SkipUnless(host.AllowsTakeOver, "The host does not allow take-overs.");
        using DeviceLink holder = await host.OpenAsync();
        Binding before = await holder.BindAsync();
        using DeviceLink first = await host.OpenOtherAsync();
        await first.SendBindAsync(takeOver: true, drainMs: 3000);
        await holder.ExpectGoodbyeAsync("TakenOver");
        await first.NotifyAsync("keepAlive", """{"answered":0}""");
        using DeviceLink second = await host.OpenOtherAsync();
        await second.SendBindAsync(takeOver: true, drainMs: 3000);

        await first.ExpectCloseAsync(4409);
        await holder.LeaveAsync(1);
        Assert.Equal(before.Epoch + 1, (await second.ReceiveBoundAsync()).Epoch);
        await second.LeaveAsync(1);
        await GiveBackAsync(before.Epoch);
    }

    /// <summary>Gives the session back to its owner, for the cases to come.</summary>
    private async Task GiveBackAsync(long epoch)
    {
        using DeviceLink back = await host.OpenAsync();
        Assert.True((await back.BindAsync(epoch, takeOver: true)).Epoch > epoch);
        await back.LeaveAsync(1);
    }
}
