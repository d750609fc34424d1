using Azure;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Documentation;

/// <summary>The examples of the pages, compiled; those that can run against the emulator do.</summary>
public class ReadmeExamples
{
    [Fact]
    public void Client_IsMadeWithAKey()
    {
        var accountId = Guid.NewGuid();
        const string accountKey = "key";

        // snippet: client-with-key
        var client = new RemoteRenderingClient(
            new Uri("https://remoterendering.eastus.mixedreality.azure.com"),
            accountId,
            "eastus.mixedreality.azure.com",
            new AzureKeyCredential(accountKey));
        // end snippet

        Assert.Equal(accountId, client.AccountId);
    }

    [Fact]
    public async Task Failures_AreToldApart()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RemoteRenderingClient client = emulator.CreateClient();
        const string sessionId = "nobody";

        // snippet: failures
        try
        {
            await client.OpenRenderingSessionAsync(sessionId);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == RemoteRenderingErrorCode.SessionNotFound)
        {
            Console.WriteLine("No such session, or it ended more than 30 days ago.");
        }
        catch (RequestFailedException exception) when (exception.Status == 429)
        {
            Console.WriteLine("Too many requests.");
        }
        // end snippet
    }

    [Fact]
    public async Task Waiting_HasADeadline()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options => options.BootTime = TimeSpan.Zero);
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard);
        await using RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(creation);
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;

        // snippet: waiting
        try
        {
            await session.WaitUntilReadyAsync(
                new RenderingSessionWaitOptions { Timeout = TimeSpan.FromMinutes(5) },
                new Progress<RenderingSessionProperties>(now => Console.WriteLine(now.Status)),
                cancellationToken);
        }
        catch (RenderingSessionEndedException exception)
        {
            Console.WriteLine($"{exception.Status}: {exception.Error?.Message}");
        }
        // end snippet

        Assert.Equal(RenderingSessionStatus.Ready, session.Status);
    }

    /// <summary>Compiled only: it names a service that is not on this machine.</summary>
    internal static async Task PackageExampleAsync(Guid accountId, string accountKey)
    {
        // snippet: package-example
        var client = new RemoteRenderingClient(
            new Uri("https://remoterendering.eastus.mixedreality.azure.com"),
            accountId,
            "eastus.mixedreality.azure.com",
            new AzureKeyCredential(accountKey));

        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(30), RenderingSessionVmSize.Standard);
        await using RenderingSession session = await client.CreateNewRenderingSessionAsync(creation);
        await session.WaitUntilReadyAsync();
        RenderingConnection connection = await session.ConnectAsync();

        await session.ExtendLeaseAsync(TimeSpan.FromMinutes(15));
        await session.StopAsync();
        // end snippet

        await connection.Completion;
    }
}
