using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.TestSupport;

using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Rest.Hostile;

/// <summary>
/// Every operation against hostile answers, in virtual time: what a call throws is documented, it ends, it does not hammer, it shows no
/// secret, and it names what it may have created. A seed replays its calls: set <c>RRS_HOSTILE_SEED</c> to run that one.
/// </summary>
[Trait("Random", "true")]
[ExpectedLog("TokenExchangeFailed", "StopOnDisposeFailed")]
public class HostileCallTests
{
    private const int CallsOfASeed = 250;

    /// <summary>
    /// The longest wait that an answer can ask for, with a try before it whose headers and body took as long as they may.
    /// </summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5.0) + TimeSpan.FromSeconds(31.0);

    private static readonly ServiceVersion[] Versions = Enum.GetValues<ServiceVersion>();

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task EveryCall_EndsAsDocumented_AgainstAnyAnswer()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("RRS_HOSTILE_SEED"), out int only))
        {
            await Task.Run(() => RunAsync(only), TestContext.Current.CancellationToken);
            return;
        }

        for (int next = 1; next <= RandomSteps.Calls / CallsOfASeed; next++)
        {
            int seed = next;
            // On a thread without a context, where what a timer sets off is done before the next one is looked for.
            await Task.Run(() => RunAsync(seed), TestContext.Current.CancellationToken);
        }
    }

    private static async Task RunAsync(int seed)
    {
        var random = new Random(seed);
        var time = new VirtualTimeProvider();
        var grammar = new HostileGrammar(random, time);
        var service = new HostileService(grammar, time) { IsTokenServiceHostile = seed % 5 == 0 };
        ServiceVersion version = Versions[seed % Versions.Length];
        RemoteRenderingClient client = Client(service, time, version, seed);
        RenderingSession handle = client.Handles.GetOrAdd(
            new RenderingSessionProperties("s1", RenderingSessionStatus.Ready, RenderingSessionVmSize.Standard), Moment.Now(time),
            Moment.Now(time), stopOnDispose: false, isRead: true);
        for (int number = 0; number < CallsOfASeed; number++)
        {
            string operation = grammar.Pick(HostileCall.Operations);
            string id = operation is "create" or "dispose" ? "c" + number : "s1";
            using var cancellation = new CancellationTokenSource();
            service.BeginCall(id);
            int cancelAt = random.Next(20) switch { 0 => 0, 1 => 1, 2 => 2, 3 => random.Next(3, 6), _ => -1 };
            service.OnRequest = request => CancelAt(cancellation, request == cancelAt);
            CancelAt(cancellation, cancelAt == 0);
            long start = time.GetTimestamp();
            Exception? exception = null;
            try
            {
                await PassAsync(
                    time,
                    HostileCall.RunAsync(
                        client, handle, operation, version == ServiceVersion.V1 && id != "s1" ? null! : id, cancellation.Token));
            }
            catch (Exception thrown)
            {
                exception = thrown;
            }

            string? problem = FindProblem(service, operation, version, id, exception, cancellation.Token)
                ?? (time.PendingTimers > 0 ? "it leaves timers behind" : null);
            Assert.True(
                problem is null,
                $"Seed {seed}, call {number}, {operation} of {version}: {problem}. {service.Requests} requests in "
                    + $"{time.GetElapsedTime(start)}. {exception}");
        }
    }

    private static void CancelAt(CancellationTokenSource cancellation, bool isTime)
    {
        if (isTime)
        {
            cancellation.Cancel();
        }
    }

    private static string? FindProblem(
        HostileService service, string operation, ServiceVersion version, string id, Exception? exception,
        CancellationToken cancellationToken)
    {
        if (service.LongestPause > LongestPause)
        {
            return $"it waited {service.LongestPause} for its next request";
        }

        if (service.Requests > 100)
        {
            return "it hammers";
        }

        if (exception is null)
        {
            return null;
        }

        if (!IsDocumented(exception, operation, cancellationToken))
        {
            return "what it throws is not documented";
        }

        string text = exception + string.Join(' ', exception.Data.Values.Cast<object?>());
        if (service.Secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal))
            || text.Contains(ScriptedService.Key, StringComparison.Ordinal))
        {
            return "it shows a secret";
        }

        bool isNamed = exception is RenderingOutcomeUnknownException unknown
            ? version == ServiceVersion.V1 || unknown.SessionId == id
            : (exception.Data["SessionId"] as string) == id;
        bool isUnnamedV1 = version == ServiceVersion.V1 && exception is OperationCanceledException;
        return operation is "create" or "dispose" && service.MayHaveCreated && !isNamed && !isUnnamedV1
            ? "it does not name the session that it may have created"
            : null;
    }

    private static bool IsDocumented(Exception exception, string operation, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException or RenderingOutcomeUnknownException => true,
        OperationCanceledException cancelled =>
            cancellationToken.IsCancellationRequested && cancelled.CancellationToken == cancellationToken,
        ArgumentOutOfRangeException { ParamName: "by" } => operation == "extend",
        _ => false,
    };

    private static RemoteRenderingClient Client(HostileService service, VirtualTimeProvider time, ServiceVersion version, int seed)
    {
        // Only the pipelines wait here; the clock of the client stands still, so that no limit of a sign-in is met by chance.
        var options = new RemoteRenderingClientOptions(version)
        {
            Transport = new HttpClientTransport(new HttpClient(service, disposeHandler: false)),
            TimeProvider = new VirtualTimeProvider(),
            PipelineTimeProvider = time,
        };
        return seed % 3 == 0
            ? new RemoteRenderingClient(
                ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential(ScriptedService.Key),
                options)
            : new RemoteRenderingClient(
                ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain,
                new AccessToken("opaque-access-token-" + seed, DateTimeOffset.MaxValue), options);
    }

    /// <summary>Lets time pass from timer to timer until a call is over.</summary>
    private static async Task PassAsync(VirtualTimeProvider time, Task call)
    {
        await time.PassUntilAsync(() => call.IsCompleted);
        await call;
    }
}
