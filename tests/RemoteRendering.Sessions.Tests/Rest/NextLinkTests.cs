using Azure;
using RemoteRendering.Sessions.Rest;

namespace RemoteRendering.Sessions.Tests.Rest;

/// <summary>Which links to a next page are followed. What a list does with them is tested in FailureTests.</summary>
public sealed class NextLinkTests
{
    private const string Account = "/accounts/11111111-2222-3333-4444-555555555555/sessions";

    private static readonly Uri s_endpoint = new("https://a.example");

    [Theory]
    [InlineData("https://a.example" + Account + "?page=2", Account + "?page=2")]
    [InlineData("HTTPS://A.EXAMPLE:443" + Account, Account)]
    [InlineData(Account + "?page=2", Account + "?page=2")]
    [InlineData("?page=2", "/?page=2")]
    [InlineData("page/2", "/page/2")]
    [InlineData("//a.example/page/2", "/page/2")]
    [InlineData("/v1" + Account, "/v1" + Account)]
    [InlineData("/ACCOUNTS/11111111222233334444555555555555/x", "/ACCOUNTS/11111111222233334444555555555555/x")]
    [InlineData("/page?next=/accounts/99999999-2222-3333-4444-555555555555", "/page?next=/accounts/99999999-2222-3333-4444-555555555555")]
    [InlineData("/myaccounts/7", "/myaccounts/7")]
    [InlineData("", "/")]
    public void Resolve_AtTheService_IsFollowed(string link, string expected)
    {
        Uri address = Resolve(link);

        Assert.Equal(("https://a.example:443", expected), ($"{address.Scheme}://{address.Host}:{address.Port}", address.PathAndQuery));
    }

    [Theory]
    [InlineData("https://b.example/page", "https://b.example:443")]
    [InlineData("http://a.example/page", "http://a.example:80")]
    [InlineData("http://a.example:443/page", "http://a.example:443")]
    [InlineData("https://a.example:444/page", "https://a.example:444")]
    [InlineData("https://a.example.b.example/page", "https://a.example.b.example:443")]
    [InlineData("https://a.example@b.example/page", "https://b.example:443")]
    [InlineData("https://user:hunter2@a.example/page", "https://a.example:443")]
    [InlineData("//b.example/page", "https://b.example:443")]
    [InlineData("\\\\b.example\\page", "b.example")]
    [InlineData("ftp://a.example/page", "ftp://a.example:21")]
    [InlineData("file:///etc/passwd", "file://")]
    [InlineData("javascript:alert(1)", "javascript:")]
    [InlineData("https://", "cannot be read")]
    public void Resolve_AwayFromTheService_IsRefusedWithThePlaceAndNoSecret(string link, string place)
    {
        RequestFailedException exception = Assert.Throws<RequestFailedException>(() => Resolve(link));

        Assert.Equal((200, RemoteRenderingErrorCode.InvalidResponse), (exception.Status, exception.ErrorCode));
        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/accounts/99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts%25252F99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts\\99999999-2222-3333-4444-555555555555/sessions")]
    [InlineData("/accounts/%20/sessions")]
    [InlineData("/x/accounts")]
    public void Resolve_ToAnotherAccount_IsRefused(string link)
    {
        RequestFailedException exception = Assert.Throws<RequestFailedException>(() => Resolve(link));

        Assert.Equal(RemoteRenderingErrorCode.InvalidResponse, exception.ErrorCode);
        Assert.Contains("another account than 11111111-2222-3333-4444-555555555555", exception.Message, StringComparison.Ordinal);
    }

    private static Uri Resolve(string link) => NextLink.Resolve(link, s_endpoint, ScriptedService.AccountId);
}
