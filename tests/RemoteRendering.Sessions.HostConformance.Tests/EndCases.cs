using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 5 of the protocol: how bindings and links end, and that what has ended stays ended.</summary>
[Collection(HostConformanceCollection.Name)]
public class EndCases(HostUnderTest host)
{
    [Fact]
    public async Task Unbind_AnsweredThenClosed()
    {
        using DeviceLink link = await host.OpenAsync();
        await link.BindAsync();

        JsonElement answer = await link.CallAsync(1, "unbind");

        Assert.Equal("{}", answer.GetProperty("result").GetRawText());
        Assert.Empty(await link.ExpectCloseAsync(1000));
    }

    [Fact]
    public async Task Close_WithoutUnbind_BindingLivesOn()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        await link.CloseOutputAsync();

        using DeviceLink back = await host.OpenAsync();

        Assert.True((await back.BindAsync(binding.Epoch)).Resumed);
        await back.LeaveAsync(1);
    }

    [Fact]
    public async Task Frame_OnALinkThatANewerOneReplaced_HasNoEffect()
    {
        using DeviceLink old = await host.OpenAsync();
        Binding before = await old.BindAsync();
        using DeviceLink fresh = await host.OpenAsync();
        await fresh.BindAsync(before.Epoch);

        await old.RequestAsync(1, "status");
        IReadOnlyList<JsonElement> last = await old.ExpectCloseAsync(4409);

        Assert.DoesNotContain(last, frame => frame.TryGetProperty("result", out _));
        using DeviceLink third = await host.OpenAsync();
        Assert.Equal(0, (await third.BindAsync(before.Epoch)).Received);
        await third.LeaveAsync(1);
    }

    [Fact]
    public async Task Link_ReplacedByANewerOne_IsToldSo()
    {
        using DeviceLink old = await host.OpenAsync();
        Binding before = await old.BindAsync();
        using DeviceLink fresh = await host.OpenAsync();
        await fresh.BindAsync(before.Epoch);

        JsonElement goodbye = await old.ExpectGoodbyeAsync("LinkSuperseded");

        Assert.False(goodbye.GetProperty("comeBack").GetBoolean());
        Assert.Equal(0, goodbye.GetProperty("afterMs").GetInt64());
        await old.ExpectCloseAsync(4409);
        await fresh.LeaveAsync(1);
    }

    [Fact]
    public async Task SessionStopped_GoodbyeThenClosedThenRefused()
    {
        string? sessionId = await host.CreateSessionAsync();
        Assert.SkipWhen(sessionId is null, "Sessions of this host cannot be made and stopped from here.");
        using DeviceLink link = await host.OpenAsync(sessionId);
        await link.BindAsync();

        await host.StopSessionAsync(sessionId!);

        JsonElement goodbye = await link.ExpectGoodbyeAsync("SessionStopped");
        Assert.False(goodbye.GetProperty("comeBack").GetBoolean());
        await link.ExpectCloseAsync(1000);
        using DeviceLink back = await host.OpenAsync(sessionId);
        await back.SendBindAsync();
        await back.ReceiveRefusalAsync(1205, "SessionEnded");
    }

    [Fact]
    public async Task SessionsOfOneHost_AreHeldApart()
    {
        string? sessionId = await host.CreateSessionAsync();
        Assert.SkipWhen(sessionId is null, "Sessions of this host cannot be made from here.");
        using DeviceLink owner = await host.OpenAsync();
        await owner.BindAsync();

        using DeviceLink other = await host.OpenOtherAsync(sessionId);
        await other.BindAsync();

        await owner.CallAsync(1);
        await other.CallAsync(1);
        await owner.LeaveAsync(2);
        await other.LeaveAsync(2);
    }
}
