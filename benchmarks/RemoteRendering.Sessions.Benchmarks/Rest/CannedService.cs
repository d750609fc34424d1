using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// A service without a network and without work: every request is answered immediately from prepared bytes, so that what is measured is the
/// way to it and back.
/// </summary>
internal sealed class CannedService : HttpMessageHandler
{
    public const string SessionId = "a2b3c4d5-1111-2222-3333-444455556666";
    public const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjQxMDI0NDQ4MDB9.c2lnbmF0dXJl";
    public static readonly Uri Endpoint = new("https://remoterendering.eastus.mixedreality.azure.com");
    public static readonly Guid AccountId = new("11111111-2222-3333-4444-555555555555");

    private const string NumberedPrefix = "numbered-";
    private static readonly byte[] _numbered = Session(NumberedPrefix + "00000000");
    private static readonly int _numberOffset = _numbered.AsSpan().IndexOf("00000000"u8);

    private readonly HttpStatusCode _status;
    private readonly byte[][] _bodies;
    private int _next;

    private CannedService(HttpStatusCode status, params byte[][] bodies)
    {
        _status = status;
        _bodies = bodies;
    }

    /// <summary>
    /// Gets or sets the number of the session that the next answer of a <see cref="Created"/> or <see cref="Numbered"/> service describes.
    /// </summary>
    public int Number { get; set; }

    /// <summary>A service with one session, which is ready.</summary>
    public static CannedService OneSession() => new(HttpStatusCode.OK, Session(SessionId));

    /// <summary>A service that has just created the session with the current number.</summary>
    public static CannedService Created() => new(HttpStatusCode.Created);

    /// <summary>A service that has the session with the current number, which is ready.</summary>
    public static CannedService Numbered() => new(HttpStatusCode.OK);

    /// <summary>A service that lists sessions by the page, over and over.</summary>
    public static CannedService Listing(int sessions, int pageSize)
    {
        int pages = sessions / pageSize;
        return new CannedService(
            HttpStatusCode.OK, [.. Enumerable.Range(0, pages).Select(page => Page(page, pageSize, isLast: page == pages - 1))]);
    }

    public static string NumberedId(int number) => NumberedPrefix + number.ToString("D8", CultureInfo.InvariantCulture);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = new HttpResponseMessage(_status) { Content = new ByteArrayContent(NextBody()), RequestMessage = request };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        return Task.FromResult(response);
    }

    private static byte[] Session(string id) => Encoding.UTF8.GetBytes(Text(id));

    private static string Text(string id)
        => $$"""{"id":"{{id}}","creationTime":"2022-02-02T00:26:46.9942555+00:00","arrInspectorPort":57178,"handshakePort":"""
            + $$"""52625,"elapsedTimeMinutes":"""
            + $$"""3,"hostname":"arreustandard3eaa1f.remoterendering.vm.eastus2.mixedreality.azure.com","maxLeaseTimeMinutes":"""
            + $$"""30,"size":"Standard","status":"Ready","teraflops":8.1}""";

    private static byte[] Page(int page, int pageSize, bool isLast)
    {
        string sessions = string.Join(',', Enumerable.Range(page * pageSize, pageSize).Select(static number => Text(NumberedId(number))));
        string link = isLast
            ? string.Empty
            : $",\"@nextLink\":\"{Endpoint}accounts/{AccountId:D}/sessions?api-version=2021-01-01&skipToken={page + 1}\"";
        return Encoding.UTF8.GetBytes($"{{\"sessions\":[{sessions}]{link}}}");
    }

    private byte[] NextBody()
    {
        if (_bodies.Length > 0)
        {
            byte[] body = _bodies[_next];
            _next = _next + 1 < _bodies.Length ? _next + 1 : 0;
            return body;
        }

        byte[] numbered = [.. _numbered];
        Utf8Formatter.TryFormat(Number, numbered.AsSpan(_numberOffset), out _, new System.Buffers.StandardFormat('D', 8));
        return numbered;
    }
}
