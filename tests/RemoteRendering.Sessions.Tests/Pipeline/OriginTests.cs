using Azure.Core;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>Secrets are sent to one scheme, host and port.</summary>
public sealed class OriginTests
{
    private static readonly Uri s_service = new("https://a.example");

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("https://a.example:443/path?query", true)]
    [InlineData("HTTPS://A.EXAMPLE/", true)]
    [InlineData("http://a.example", false)]
    [InlineData("http://a.example:443", false)]
    [InlineData("https://a.example:444", false)]
    [InlineData("https://b.example", false)]
    [InlineData("https://a.example.b.example", false)]
    [InlineData("https://x.a.example", false)]
    [InlineData("https://a.example.", false)]
    [InlineData("https://a.example@b.example/", false)]
    public void Same_SchemeHostAndPort(string address, bool expected)
    {
        var builder = new RequestUriBuilder();
        builder.Reset(new Uri(address));

        Assert.Equal(expected, Origin.Same(new Uri(address), s_service));
        Assert.Equal(expected, Origin.Same(builder, s_service));
    }

    [Fact]
    public void Same_WithAUserName_IsAnother() => Assert.False(Origin.Same(new Uri("https://user@a.example/"), s_service));

    [Fact]
    public void Same_Relative_IsAnother() => Assert.False(Origin.Same(new Uri("/path", UriKind.Relative), s_service));
}
