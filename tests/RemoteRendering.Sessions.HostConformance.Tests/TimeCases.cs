using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>
/// Sections 2 and 4 of the protocol: what happens when nothing happens. These cases take as long as the host's own times.
/// </summary>
[Collection(HostConformanceCollection.Name)]
public class TimeCases(HostWithShortTimes host) : IClassFixture<HostWithShortTimes>
{
    private static readonly TimeSpan _slack = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Bind_NeverSent_LinkIsClosed()
    {
        using DeviceLink link = await host.OpenAsync();

        await link.ExpectCloseAsync(4408);
    }

    [Fact]
    public async Task Host_NothingElseToSend_SendsSignsOfLifeWithWhatItReceived()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        await link.CallAsync(1);

        JsonElement frame = await link.ReceiveAnyAsync().WaitAsync(binding.KeepAlive + _slack);

        Assert.Equal("keepAlive", frame.GetProperty("method").GetString());
        Assert.Equal(1, frame.GetProperty("params").GetProperty("received").GetInt64());
        Assert.False(frame.TryGetProperty("id", out _));
        await link.LeaveAsync(2);
    }

    [Fact]
    public async Task Client_Silent_LinkIsDroppedInTimeAndTheBindingKept()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        long start = TimeProvider.System.GetTimestamp();

        await link.ExpectCloseAsync(4408).WaitAsync(binding.DeadAfter + _slack);

        Assert.True(TimeProvider.System.GetElapsedTime(start) > binding.DeadAfter * 0.9);
        using DeviceLink back = await host.OpenAsync();
        Assert.True((await back.BindAsync(binding.Epoch)).Resumed);
        await back.LeaveAsync(1);
    }

    [Fact]
    public async Task Client_SendsOnlySignsOfLife_LinkLives()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        long start = TimeProvider.System.GetTimestamp();

        // Each sign of life from the host is answered by one from here, until a silent client would long be dead.
        while (TimeProvider.System.GetElapsedTime(start) < binding.DeadAfter * 1.2)
        {
            JsonElement frame = await link.ReceiveAnyAsync();
            Assert.Equal("keepAlive", frame.GetProperty("method").GetString());
            await link.NotifyAsync("keepAlive", """{"answered":0}""");
        }

        await link.LeaveAsync(1);
    }

    [Fact]
    public async Task Device_AwayForLongerThanTheGrace_BindsAnewWithoutItsScene()
    {
        using DeviceLink link = await host.OpenAsync();
        Binding before = await link.BindAsync();
        link.Cut();

        // The one wait of this suite that no frame ends: the host has nobody to tell that the grace is over.
#pragma warning disable RS0030 // The host may be a real one, whose clock is the real one.
        await Task.Delay(before.DeadAfter + before.Grace + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
#pragma warning restore RS0030
        using DeviceLink back = await host.OpenAsync();
        Binding after = await back.BindAsync(before.Epoch);

        Assert.Equal(before.Epoch + 1, after.Epoch);
        Assert.False(after.Resumed);
        Assert.False(after.SceneKept);
        await back.LeaveAsync(1);
    }
}
