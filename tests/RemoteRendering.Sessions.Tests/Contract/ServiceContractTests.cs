using Azure;
using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Contract;

/// <summary>
/// What every service that speaks the protocol must do, as the client sees it, in each version and wherever the service is.
/// </summary>
public class ServiceContractTests
{
    public static TheoryData<string, ServiceVersion> Places
    {
        get
        {
            var data = new TheoryData<string, ServiceVersion>();
            foreach (
                string place in ServicePlace.Outside is null
                    ? ["in-process", "http", "https", "mapped"]
                    : new[] { "in-process", "http", "https", "mapped", "outside" })
            {
                data.Add(place, ServiceVersion.V1);
                data.Add(place, ServiceVersion.V2021_01_01_Preview);
                data.Add(place, ServiceVersion.V2021_01_01);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Session_FromCreateToStop(string where, ServiceVersion version)
    {
        await using ServicePlace place = await ServicePlace.StartAsync(where);
        RemoteRenderingClient client = place.Client(version);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard));
        Assert.Equal(TimeSpan.FromMinutes(10), session.Properties.MaxLeaseTime);

        RenderingSessionProperties ready = await session.WaitUntilReadyAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(RenderingSessionStatus.Ready, ready.Status);
        Assert.NotNull(ready.Hostname);
        Assert.NotNull(ready.HandshakePort);
        Assert.Equal(RenderingSessionVmSize.Standard, ready.Size);

        Assert.Equal(TimeSpan.FromMinutes(25), (await session.ExtendLeaseAsync(TimeSpan.FromMinutes(15))).MaxLeaseTime);
        Assert.Equal(
            TimeSpan.FromMinutes(25), (await session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(25)))).MaxLeaseTime);
        Assert.Contains(session.SessionUuid, await ListAsync(client));
        Assert.Same(session, await client.OpenRenderingSessionAsync(session.SessionUuid));

        await session.StopAsync();
        await session.StopAsync();
        RenderingSessionProperties ended = await session.GetPropertiesAsync();
        Assert.Equal(RenderingSessionStatus.Stopped, ended.Status);
        Assert.Null(ended.Hostname);
        Assert.DoesNotContain(session.SessionUuid, await ListAsync(client));
        await Assert.ThrowsAsync<RequestFailedException>(() => session.ExtendLeaseAsync(TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task UnknownSession_IsNotFound(string where, ServiceVersion version)
    {
        await using ServicePlace place = await ServicePlace.StartAsync(where);
        RemoteRenderingClient client = place.Client(version);
        string nobody = Guid.NewGuid().ToString("D");
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => client.GetSessionPropertiesAsync(nobody))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => client.StopSessionAsync(nobody))).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(
            () => client.UpdateSessionAsync(nobody, new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(5))))).Status);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Lease_DoesNotShrink(string where, ServiceVersion version)
    {
        await using ServicePlace place = await ServicePlace.StartAsync(where);
        RemoteRenderingClient client = place.Client(version);
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Premium) { StopOnDispose = true });
        await using (session)
        {
            RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(
                () => session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(5))));
            Assert.Contains(exception.Status, new[] { 400, 422 });
            Assert.Equal(TimeSpan.FromMinutes(10), session.Properties.MaxLeaseTime);
            await session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromHours(24)));
            Assert.Equal(TimeSpan.FromHours(24), (await session.GetPropertiesAsync()).MaxLeaseTime);
        }

        Assert.Equal(RenderingSessionStatus.Stopped, (await client.GetSessionPropertiesAsync(session.SessionUuid)).Value.Status);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Create_Again(string where, ServiceVersion version)
    {
        if (version == ServiceVersion.V1)
        {
            return; // The service makes the ids of v1: there is no again.
        }

        await using ServicePlace place = await ServicePlace.StartAsync(where);
        RemoteRenderingClient client = place.Client(version);
        string id = "again-" + Guid.NewGuid().ToString("N");
        var creation = new RenderingSessionCreationOptions(
            TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard) { SessionId = id, StopOnDispose = true };
        await using RenderingSession session = await client.CreateNewRenderingSessionAsync(creation);
        Assert.Same(session, await client.CreateNewRenderingSessionAsync(creation));
        var other = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(20), RenderingSessionVmSize.Premium) { SessionId = id };
        RequestFailedException exception =
            await Assert.ThrowsAsync<RequestFailedException>(() => client.CreateNewRenderingSessionAsync(other));
        Assert.Equal(409, exception.Status);
        Assert.Equal("Conflict", exception.ErrorCode);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task List_HasEveryPage(string where, ServiceVersion version)
    {
        await using ServicePlace place = await ServicePlace.StartAsync(where);
        RemoteRenderingClient client = place.Client(version);
        var made = new List<RenderingSession>();
        for (int i = 0; i < 5; i++)
        {
            made.Add(await client.CreateNewRenderingSessionAsync(
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard) { StopOnDispose = true }));
        }

        List<string> listed = await ListAsync(client);
        Assert.All(made, session => Assert.Single(listed, session.SessionUuid));
        foreach (RenderingSession session in made)
        {
            await session.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Size_ThatTheServiceDoesNotHave_IsABadRequest(string where, ServiceVersion version)
    {
        await using ServicePlace place = await ServicePlace.StartAsync(where);
        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(
            () =>
                place.Client(version)
                    .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), "Tiny")));
        Assert.Equal(400, exception.Status);
    }

    private static async Task<List<string>> ListAsync(RemoteRenderingClient client)
    {
        List<string> ids = [];
        await foreach (RenderingSessionProperties session in client.GetCurrentRenderingSessionsAsync())
        {
            ids.Add(session.Id);
        }

        return ids;
    }
}
