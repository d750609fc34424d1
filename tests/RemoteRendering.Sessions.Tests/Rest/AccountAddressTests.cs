using Azure.Core;
using RemoteRendering.Sessions.Rest;
using RemoteRendering.Sessions.Tests.Pipeline.Support;

namespace RemoteRendering.Sessions.Tests.Rest;

public sealed class AccountAddressTests
{
    private const string Sessions = "https://a.example/accounts/11111111-2222-3333-4444-555555555555/sessions";

    private static readonly Uri s_endpoint = new("https://a.example");

    [Theory]
    [InlineData("", null, Sessions + "?api-version=2021-01-01")]
    [InlineData("/create", null, Sessions + "/create?api-version=2021-01-01")]
    [InlineData("", "my_id-1", Sessions + "/my_id-1?api-version=2021-01-01")]
    [InlineData("/:stop", "my_id-1", Sessions + "/my_id-1/:stop?api-version=2021-01-01")]
    public void Write_APath_IsBelowTheAccount(string path, string? sessionId, string expected)
        => Assert.Equal(expected, Write(Create(s_endpoint, string.Empty, "2021-01-01"), path, sessionId));

    [Theory]
    [InlineData("https://a.example/", "https://a.example/v1/accounts/11111111-2222-3333-4444-555555555555/sessions/s1")]
    [InlineData("https://a.example:444", "https://a.example:444/v1/accounts/11111111-2222-3333-4444-555555555555/sessions/s1")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/v1/accounts/11111111-2222-3333-4444-555555555555/sessions/s1")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000/v1/accounts/11111111-2222-3333-4444-555555555555/sessions/s1")]
    public void Write_WithAPrefixAndNoVersion_HasThePrefixAndNoQuery(string endpoint, string expected)
        => Assert.Equal(expected, Write(Create(new Uri(endpoint), "/v1", version: null), string.Empty, "s1"));

    /// <summary>The last address is cached.</summary>
    [Fact]
    public void Write_SeveralTimes_IsEachTimeTheOneAskedFor()
    {
        AccountAddress address = Create(s_endpoint, string.Empty, "v");
        (string Path, string? Id, string Expected)[] calls =
        [
            (string.Empty, "a", "/a"), (string.Empty, "a", "/a"), (string.Empty, "A", "/A"), ("/:stop", "A", "/A/:stop"),
            (string.Empty, null, string.Empty), ("/create", null, "/create"), (string.Empty, "a", "/a"),
        ];

        Assert.All(calls, call => Assert.Equal(Sessions + call.Expected + "?api-version=v", Write(address, call.Path, call.Id)));
    }

    [Fact]
    public void Write_SetsMethodAndAccept()
    {
        Request request = NewRequest();

        Create(s_endpoint, string.Empty, "v").Write(request, RequestMethod.Patch, string.Empty, "s1");

        Assert.Equal(RequestMethod.Patch, request.Method);
        Assert.True(request.Headers.TryGetValue("Accept", out string? accept));
        Assert.Equal("application/json", accept);
        Assert.Null(request.Content);
    }

    [Fact]
    public void WriteBody_IsJson()
    {
        Request request = NewRequest();
        var written = new MemoryStream();

        AccountAddress.WriteBody(request, [(byte)'{', (byte)'}']);
        request.Content!.WriteTo(written, TestContext.Current.CancellationToken);

        Assert.True(request.Headers.TryGetValue("Content-Type", out string? type));
        Assert.Equal("application/json", type);
        Assert.Equal("{}"u8.ToArray(), written.ToArray());
    }

    private static AccountAddress Create(Uri endpoint, string prefix, string? version)
        => new(endpoint, prefix, ScriptedService.AccountId, version);

    private static string Write(AccountAddress address, string path, string? sessionId)
    {
        Request request = NewRequest();
        address.Write(request, RequestMethod.Get, path, sessionId);
        return request.Uri.ToUri().AbsoluteUri;
    }

    private static Request NewRequest() => new FakeTransport(static _ => new FakeResponse(200)).CreateRequest();
}
