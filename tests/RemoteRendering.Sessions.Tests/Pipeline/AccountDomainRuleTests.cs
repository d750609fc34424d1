using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>Which token service a domain leads to. What the constructors of the client refuse is tested with them.</summary>
public sealed class AccountDomainRuleTests
{
    private static readonly Uri s_service = new("https://remoterendering.eastus.mixedreality.azure.com");

    [Theory]
    [InlineData("eastus.mixedreality.azure.com", "https://sts.eastus.mixedreality.azure.com/")]
    [InlineData("EastUS.MixedReality.Azure.com", "https://sts.eastus.mixedreality.azure.com/")]
    [InlineData("mixedreality.azure.com", "https://sts.mixedreality.azure.com/")]
    [InlineData("a.b", "https://sts.a.b/")]
    public void FindTokenService_OfADomain_IsItsTokenService(string domain, string expected)
        => Assert.Equal(expected, AccountDomainRule.FindTokenService(domain, s_service).AbsoluteUri);

    [Theory]
    [InlineData("localhost", "http://localhost:5000/", "http://localhost:5000/")]
    [InlineData("LOCALHOST", "https://127.0.0.1:5001/", "https://127.0.0.1:5001/")]
    [InlineData("127.0.0.1", "http://localhost:5000/", "http://localhost:5000/")]
    [InlineData("localhost:7", "http://localhost:5000/", "http://localhost:5000/")]
    public void FindTokenService_OfThisMachine_IsTheOriginOfTheEndpoint(string domain, string endpoint, string expected)
        => Assert.Equal(expected, AccountDomainRule.FindTokenService(domain, new Uri(endpoint)).AbsoluteUri);

    [Theory]
    [InlineData("localhost", "this machine")]
    [InlineData("eastus", "region")]
    [InlineData("https://a.b", "address")]
    [InlineData("STS.a.b", "name of a service")]
    [InlineData("RemoteRendering.a.b", "name of a service")]
    [InlineData("a.b?x", "not a domain name")]
    [InlineData("a.b#x", "not a domain name")]
    [InlineData("a.b\\c", "not a domain name")]
    [InlineData("a.b:443", "")]
    [InlineData("a..b", "not a domain name")]
    [InlineData(".a", "not a domain name")]
    [InlineData(" a.b", "not a domain name")]
    [InlineData("a.b\r\nHost: evil", "not a domain name")]
    [InlineData("[::2]", "not a domain name")]
    [InlineData("evil.example/@a.b", "not a domain name")]
    [InlineData("ftp://a.b", "not a domain name")]
    public void FindTokenService_OfAnotherText_IsRefusedWithTheProblem(string domain, string problem)
    {
        Exception? exception = Record.Exception(() => AccountDomainRule.FindTokenService(domain, s_service));
        if (problem.Length == 0)
        {
            Assert.Null(exception);
            return;
        }

        Assert.Equal("accountDomain", Assert.IsType<ArgumentException>(exception).ParamName);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.Contains("eastus.mixedreality.azure.com", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindTokenService_OfNothing_IsRefusedByName()
    {
        ArgumentException missing = Assert.Throws<ArgumentNullException>(() => AccountDomainRule.FindTokenService(null, s_service));
        ArgumentException empty = Assert.Throws<ArgumentException>(() => AccountDomainRule.FindTokenService(string.Empty, s_service));

        Assert.Equal(("accountDomain", "accountDomain"), (missing.ParamName, empty.ParamName));
    }

    [Theory]
    [InlineData("https://a.b")]
    [InlineData("https://a.b/")]
    [InlineData("https://a.b:444")]
    [InlineData("http://localhost")]
    [InlineData("http://127.0.0.1:5000/")]
    [InlineData("http://[::1]:5000/")]
    public void ValidateEndpoint_OfAnOrigin_Accepts(string endpoint) => AccountDomainRule.ValidateEndpoint(new Uri(endpoint), "p");

    [Theory]
    [InlineData("relative")]
    [InlineData("/path")]
    [InlineData("ws://a.b")]
    [InlineData("http://a.b")]
    [InlineData("http://10.0.0.1")]
    [InlineData("https://user@a.b")]
    [InlineData("https://a.b?x")]
    [InlineData("https://a.b#x")]
    [InlineData("https://a.b/x")]
    public void ValidateEndpoint_OfAnotherAddress_IsRefusedByName(string endpoint)
    {
        var address = new Uri(endpoint, UriKind.RelativeOrAbsolute);

        Assert.Equal("p", Assert.Throws<ArgumentException>(() => AccountDomainRule.ValidateEndpoint(address, "p")).ParamName);
    }

    [Fact]
    public void ValidateEndpoint_OfNothing_IsRefusedByName()
        => Assert.Equal("p", Assert.Throws<ArgumentNullException>(() => AccountDomainRule.ValidateEndpoint(null, "p")).ParamName);

    [Fact]
    public void ValidateEndpoint_WithAPassword_DoesNotRepeatIt()
        => Assert.DoesNotContain(
            "hunter2",
            Assert.Throws<ArgumentException>(() => AccountDomainRule.ValidateEndpoint(new Uri("https://user:hunter2@a.b"), "p")).Message,
            StringComparison.Ordinal);
}
