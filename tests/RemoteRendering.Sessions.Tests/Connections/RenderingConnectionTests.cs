using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections;

public sealed class RenderingConnectionTests
{
    [Fact]
    public async Task WhatTheHostSaid_IsEmptyBeforeTheBind_AndTheAnswerAfterIt()
    {
        await using var harness = new ConnectionHarness();
        Task<RenderingTransportLink> link = Task.FromResult<RenderingTransportLink>(harness.Host.MakeLink());
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Host.DoNext(async (_, _) =>
        {
            await gate.Task;
            return await link;
        });
        Task established = harness.Begin();
        var connection = new RenderingConnection(harness.Run, harness.Controller, harness.Observers);
        Assert.Empty(connection.HostFeatures);
        Assert.Equal((0, 0, TimeSpan.Zero), (connection.Epoch, connection.Link, connection.Grace));

        gate.SetResult();
        await ConnectionHarness.Within(established);
        Assert.Equal(["scene"], connection.HostFeatures);
        Assert.Equal((1, 1, TimeSpan.FromSeconds(60)), (connection.Epoch, connection.Link, connection.Grace));
    }

    [Fact]
    public async Task Update_CallbacksArePumped_RunsThemInsideIt()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.PumpCallbacks = true;
        var seen = new List<ConnectionStatus>();
        harness.Observers.Add((_, arguments) => seen.Add(arguments.Status));
        await harness.ConnectAsync();
        var connection = new RenderingConnection(harness.Run, harness.Controller, harness.Observers);
        Assert.Empty(seen);

        connection.Update();
        Assert.Equal([ConnectionStatus.Connecting, ConnectionStatus.Connected], seen);
    }
}
