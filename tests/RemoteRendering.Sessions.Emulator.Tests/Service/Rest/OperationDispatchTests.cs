using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Rest;
using RemoteRendering.Sessions.Service.Rest.Generations;
using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Time;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

/// <summary>
/// Each generation answers the operations that it lists; a new one in the list, which it does not implement, is an error and not another
/// operation.
/// </summary>
public sealed class OperationDispatchTests
{
    private static readonly Guid _account = new("11111111-0000-4000-8000-000000000001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_EveryRouteOfTheTable_AnswersItsOwnOperation()
    {
        foreach (Route route in RouteTable.Routes.Where(route => route.Generation != ServiceGeneration.TokenService))
        {
            ServiceResponse response = await AnswerAsync(route);
            (int Status, string Body) expected = (route.Generation, route.Operation) switch
            {
                (ServiceGeneration.V2021, ServiceOperation.Create) => (201, "\"id\""),
                (ServiceGeneration.V1, ServiceOperation.Create) => (202, "\"sessionId\""),
                (ServiceGeneration.V2021, ServiceOperation.Read) => (200, "\"id\""),
                (ServiceGeneration.V1, ServiceOperation.Read) => (200, "\"sessionId\""),
                (ServiceGeneration.V2021, ServiceOperation.Update) => (200, "\"maxLeaseTimeMinutes\":30"),
                (ServiceGeneration.V1, ServiceOperation.Update) => (200, ""),
                (_, ServiceOperation.Stop) => (204, ""),
                (_, ServiceOperation.List) => (200, "{\"sessions\":["),
                _ => throw new InvalidOperationException($"This test does not know {route}."),
            };
            string body = System.Text.Encoding.UTF8.GetString(response.Body.Span);
            Assert.Equal(expected.Status, response.Status);
            Assert.Contains(expected.Body, body, StringComparison.Ordinal);
            Assert.Equal(expected.Body.Length == 0, body.Length == 0);
        }
    }

    [Theory]
    [InlineData("V1", 7)]
    [InlineData("V2021", 7)]
    [InlineData("V1", 0)]
    [InlineData("V2021", 0)]
    [InlineData("V1", 1)]
    [InlineData("V2021", 1)]
    public async Task HandleAsync_OperationThatIsListedAndNotImplemented_IsAnError(string generation, int operation)
    {
        var route = new Route(Enum.Parse<ServiceGeneration>(generation), "GET", ["sessions"], (ServiceOperation)operation);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await AnswerAsync(route));

        Assert.EndsWith($"has no operation {(ServiceOperation)operation}.", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<ServiceResponse> AnswerAsync(Route route)
    {
        var clock = new ServiceClock(new VirtualTimeProvider());
        var responses = new ResponseFactory(clock, ServiceBodyShape.KeysLeftOut);
        var ledger = new InMemorySessionLedger(new InMemorySessionLedgerOptions());
        bool isV1 = route.Generation == ServiceGeneration.V1;
        bool creates = route.Operation == ServiceOperation.Create;
        if (!creates)
        {
            await ledger.CreateAsync(new SessionCreation(_account, "a", SessionSize.Standard, 20), Token);
        }

        string body = isV1 ? """{"maxLeaseTime":"0:30:0","size":"standard"}""" : """{"maxLeaseTimeMinutes":30,"size":"Standard"}""";
        var request = new ServiceRequest
        {
            Method = route.Method,
            Target = "/",
            Scheme = "http",
            Authority = "localhost",
            SessionHostname = "localhost",
            SessionPort = 0,
            ContentType = "application/json",
            Body = System.Text.Encoding.UTF8.GetBytes(body),
        };
        ISessionService service = isV1
            ? new SessionServiceV1(responses)
            : new SessionService2021(responses, pageSize: 100, allowFullDayUpdate: true);
        return await service.HandleAsync(new RouteMatch(route, _account, "a", "api-version=2021-01-01", null), request, ledger, Token);
    }
}
