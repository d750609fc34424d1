using Azure;
using Azure.Core;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests;

public class ConstructionTests
{
    private static readonly Uri Service = new("https://remoterendering.eastus.mixedreality.azure.com");

    [Theory]
    [InlineData("eastus")]
    [InlineData("https://eastus.mixedreality.azure.com")]
    [InlineData("http://eastus.mixedreality.azure.com")]
    [InlineData("sts.eastus.mixedreality.azure.com")]
    [InlineData("remoterendering.eastus.mixedreality.azure.com")]
    [InlineData("eastus.mixedreality.azure.com/")]
    [InlineData("eastus.mixedreality.azure.com:444")]
    [InlineData("user@eastus.mixedreality.azure.com")]
    [InlineData("east us.mixedreality.azure.com")]
    [InlineData("10.0.0.1")]
    public void Domain_ThatIsNotOne_IsRefusedWithAGoodExample(string domain)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Make(Service, domain));
        Assert.Equal("accountDomain", exception.ParamName);
        Assert.Contains("eastus.mixedreality.azure.com", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Domain_Missing_IsRefusedByName(string? domain)
        => Assert.Equal("accountDomain", Assert.ThrowsAny<ArgumentException>(() => Make(Service, domain!)).ParamName);

    [Theory]
    [InlineData("eastus.mixedreality.azure.com")]
    [InlineData("mixedreality.azure.com")]
    public void Domain_OfTheService_IsTaken(string domain) => Assert.Equal(Service, Make(Service, domain).Endpoint);

    [Theory]
    [InlineData("http://localhost:5000", "localhost")]
    [InlineData("http://127.0.0.1:5000", "localhost")]
    [InlineData("http://127.0.0.1:5000", "127.0.0.1:5000")]
    public void Domain_OfThisMachine_GoesWithAnEndpointOnIt(string endpoint, string domain)
        => Assert.NotNull(Make(new Uri(endpoint), domain));

    [Fact]
    public void Domain_OfThisMachine_DoesNotGoWithAnEndpointElsewhere()
        => Assert.Equal("accountDomain", Assert.Throws<ArgumentException>(() => Make(Service, "localhost")).ParamName);

    [Theory]
    [InlineData("http://remoterendering.eastus.mixedreality.azure.com")]
    [InlineData("ftp://remoterendering.eastus.mixedreality.azure.com")]
    [InlineData("https://user:pass@remoterendering.eastus.mixedreality.azure.com")]
    [InlineData("https://remoterendering.eastus.mixedreality.azure.com/?x=1")]
    public void Endpoint_ThatWouldGiveSecretsAway_IsRefusedByName(string endpoint)
        => Assert.Equal(
            "endpoint", Assert.Throws<ArgumentException>(() => Make(new Uri(endpoint), "eastus.mixedreality.azure.com")).ParamName);

    [Theory]
    [InlineData("/accounts/11111111-2222-3333-4444-555555555555")]
    [InlineData("/v1")]
    [InlineData("/x/")]
    [InlineData("//")]
    [InlineData("/%20")]
    public void Endpoint_WithAPath_IsRefused_WithTheAddressWithoutIt(string path)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => Make(new Uri(Service, "https://remoterendering.eastus.mixedreality.azure.com" + path), "eastus.mixedreality.azure.com"));
        Assert.Equal("endpoint", exception.ParamName);
        Assert.Contains(
            "without a path: https://remoterendering.eastus.mixedreality.azure.com.", exception.Message, StringComparison.Ordinal);
        var options =
            new RemoteRenderingClientOptions { AuthenticationEndpoint = new Uri("https://sts.eastus.mixedreality.azure.com" + path) };
        Assert.Throws<ArgumentException>(() =>
            new RemoteRenderingClient(
                Service, ScriptedService.AccountId, "eastus.mixedreality.azure.com", new AzureKeyCredential("key"), options));
    }

    [Fact]
    public void AuthenticationEndpoint_InTheClear_IsRefusedUnlessLoopback()
    {
        var options = new RemoteRenderingClientOptions { AuthenticationEndpoint = new Uri("http://sts.example.com") };
        Assert.Throws<ArgumentException>(() =>
            new RemoteRenderingClient(Service, Guid.NewGuid(), "eastus.mixedreality.azure.com", new AzureKeyCredential("k"), options));
    }

    [Fact]
    public void Arguments_Missing_AreNamed()
    {
        var key = new AzureKeyCredential("k");
        Assert.Equal(
            "endpoint", Assert.Throws<ArgumentNullException>(() => new RemoteRenderingClient(null!, Guid.NewGuid(), "a.b", key)).ParamName);
        Assert.Equal(
            "accountId", Assert.Throws<ArgumentException>(() => new RemoteRenderingClient(Service, Guid.Empty, "a.b", key)).ParamName);
        Assert.Equal(
            "keyCredential",
            Assert.Throws<ArgumentNullException>(
                () => new RemoteRenderingClient(Service, Guid.NewGuid(), "a.b", (AzureKeyCredential)null!)).ParamName);
        Assert.Equal(
            "credential",
            Assert.Throws<ArgumentNullException>(
                () => new RemoteRenderingClient(Service, Guid.NewGuid(), "a.b", (TokenCredential)null!)).ParamName);
        Assert.Equal(
            "accessToken",
            Assert.ThrowsAny<ArgumentException>(
                () => new RemoteRenderingClient(Service, Guid.NewGuid(), "a.b", default(AccessToken))).ParamName);
        Assert.Equal(
            "options",
            Assert.Throws<ArgumentNullException>(() => new RemoteRenderingClient(Service, Guid.NewGuid(), "a.b", key, null!)).ParamName);
        Assert.Equal("version", Assert.Throws<ArgumentOutOfRangeException>(() => new RemoteRenderingClientOptions(0)).ParamName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    public async Task SessionId_AgainstTheRule_IsRefusedBeforeSending(string id)
    {
        var service = new ScriptedService();
        RemoteRenderingClient client = service.Client();
        Assert.Equal("sessionId", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetSessionPropertiesAsync(id))).ParamName);
        Assert.Equal("sessionId", (await Assert.ThrowsAsync<ArgumentException>(() => client.StopSessionAsync(id))).ParamName);
        Assert.Equal("sessionId", (await Assert.ThrowsAsync<ArgumentException>(() => client.OpenRenderingSessionAsync(id))).ParamName);
        Assert.Equal("sessionId", (await Assert.ThrowsAsync<ArgumentException>(
            () => client.UpdateSessionAsync(id, new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(1))))).ParamName);
        Assert.Equal("options.SessionId", (await Assert.ThrowsAsync<ArgumentException>(
            () =>
                client.CreateNewRenderingSessionAsync(
                    new RenderingSessionCreationOptions(TimeSpan.FromMinutes(1), "Standard") { SessionId = id }))).ParamName);
        Assert.Empty(service.Requests);
        Assert.Empty(service.TokenRequests);
    }

    [Fact]
    public async Task SessionId_Of257Characters_IsRefused_Of256_IsNot()
    {
        string longest = new('a', 256);
        ScriptedService service = new ScriptedService().Then(200, ScriptedService.SessionJson(longest));
        await Assert.ThrowsAsync<ArgumentException>(() => service.Client().GetSessionPropertiesAsync(longest + "a"));
        Assert.Equal(longest, (await service.Client().GetSessionPropertiesAsync(longest)).Value.Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(24 * 3600 + 1)]
    public void Lease_OutOfRange_IsRefusedByName(int seconds)
    {
        var lease = TimeSpan.FromSeconds((double)seconds);
        Assert.Equal(
            "maxLeaseTime",
            Assert.Throws<ArgumentOutOfRangeException>(() => new RenderingSessionCreationOptions(lease, "Standard")).ParamName);
        Assert.Equal("maxLeaseTime", Assert.Throws<ArgumentOutOfRangeException>(() => new RenderingSessionUpdateOptions(lease)).ParamName);
    }

    [Fact]
    public void Size_ThatNamesNone_IsRefused()
        => Assert.Equal(
            "size",
            Assert.Throws<ArgumentException>(() => new RenderingSessionCreationOptions(TimeSpan.FromMinutes(1), default)).ParamName);

    private static RemoteRenderingClient Make(Uri endpoint, string domain)
        => new(endpoint, Guid.NewGuid(), domain, new AzureKeyCredential("key"));
}
