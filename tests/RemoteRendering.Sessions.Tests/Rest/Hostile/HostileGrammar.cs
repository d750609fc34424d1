using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RemoteRendering.Sessions.Tests.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Rest.Hostile;

/// <summary>
/// Answers that a service, a proxy, a portal or a bad wire may give to a request: everything that was seen to break a client somewhere, in
/// any combination.
/// </summary>
internal sealed class HostileGrammar(Random random, TimeProvider time)
{
    private static readonly int[] Refusals = [
        300, 301, 302, 307, 400, 401, 403, 404, 405, 408, 409, 410, 413, 418, 422, 429, 429, 451, 500, 501, 502, 503, 503, 504, 507, 599
    ];
    private static readonly int[] Successes = [200, 200, 200, 200, 201, 202, 203, 204, 205, 206, 226];

    private static readonly string[] Dates =
    [
        "Thu, 31 Dec 2057 23:55:55 GMT", "sam. 28 nov. 2026 10:00:00 GMT", "0", "garbage", " ", "Sat, 32 Nov 2026 10:00:00 GMT", "-1",
        "9999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Friday, 31-Dec-49 23:59:59 GMT", "Fri Dec 31 23:59:59 2049",
        "2026-11-28T10:00:00Z",
        "Thu, 01 Jan 2026 00:00:00 GMT, Thu, 01 Jan 2026 00:00:00 GMT",
    ];

    private static readonly string[] Waits =
    [
        "0", "1", "2", "30", "120", "299", "300", "301", "3600", "2147483647", "2147483648", "99999999999999999999", "-1", "-5", "1.5",
        "1e3", "+7", "soon", "", " ", "0x10", "1/2/2030", "NaN",
    ];

    private static readonly string[] Bodies =
    [
        "", " ", "null", "[]", "{}", "\"text\"", "7", "true", "{", "[", "{\"id\":", "{\"value\":[{}]}", "{\"value\":null}",
        "{\"sessions\":[]}", "{\"sessions\":[{}]}", "{\"sessions\":7}",
        "<html><body>Maintenance</body></html>", "<?xml version=\"1.0\"?><Error/>", "\ufeff{}", "{\"error\":null}", "{\"error\":\"words\"}",
        "{\"error\":{\"code\":7}}", "{\"error\":{\"code\":\"X\",\"message\":null}}",
        "{\"id\":\"\\ud800\",\"size\":\"Standard\",\"status\":\"Ready\"}", "{\"id\":null}", "{\"title\":\"One or more\"}",
        "{\"sessions\":[],\"@nextLink\":\"https://evil.example/x\"}",
        "{\"sessions\":[],\"@nextLink\":\"\"}", "{\"sessions\":[],\"@nextLink\":7}", "{\"sessions\":[],\"@nextLink\":\"//evil.example/x\"}",
        "\0", "{\"a\":1}{\"b\":2}",
    ];

    private static readonly string[] Members =
    [
        "\"maxLeaseTimeMinutes\":-1", "\"maxLeaseTimeMinutes\":99999999999999999999", "\"maxLeaseTimeMinutes\":\"9\"",
        "\"maxLeaseTimeMinutes\":null", "\"elapsedTimeMinutes\":0.5",
        "\"elapsedTimeMinutes\":-2147483648", "\"creationTime\":\"yesterday\"", "\"creationTime\":\" 2022-02-02T00:26:46Z\"",
        "\"creationTime\":7", "\"creationTime\":\"9999-12-31T23:59:59.9999999-14:00\"",
        "\"hostname\":7", "\"hostname\":\"\"", "\"hostname\":\"a\\u0000b\"", "\"handshakePort\":\"50051\"", "\"handshakePort\":-1",
        "\"handshakePort\":1e99", "\"arrInspectorPort\":70000",
        "\"status\":\"Zork\"", "\"status\":null", "\"status\":7", "\"size\":7", "\"size\":null", "\"size\":\"\"",
        "\"error\":{\"code\":\"X\"}", "\"error\":7", "\"teraflops\":\"NaN\"", "\"unknown\":{\"a\":[1,2]}",
        "\"id\":\"another\"", "\"id\":7", "\"sessionId\":\"another\"",
    ];

    private static readonly string[] Statuses = [
        "Starting", "Ready", "Ready", "Ready", "Stopping", "Stopped", "Expired", "Error", "Unknown", "ready"
    ];

    public bool Chance(double probability) => random.NextDouble() < probability;

    /// <summary>Makes an answer to a request about a session; half of them are what a well-meaning service would say.</summary>
    public HttpResponseMessage Answer(HttpRequestMessage request, string sessionId)
    {
        bool isRefusal = Chance(0.4);
        var answer = new HttpResponseMessage((HttpStatusCode)Pick(isRefusal ? Refusals : Successes));
        AddHeaders(answer.Headers, isRefusal ? 0.5 : 0.1);
        string text = Body(request, sessionId, isRefusal);
        byte[] body = Chance(0.03) ? [0xff, 0xfe, 0x00, (byte)random.Next(256)] : Encoding.UTF8.GetBytes(text);
        answer.Content = Chance(0.05)
            ? new DrippingContent(
                body, Pick([TimeSpan.Zero, TimeSpan.FromMilliseconds(20.0), TimeSpan.FromSeconds(1.0), TimeSpan.FromHours(2.0)]), time,
                random.Next(0, body.Length + 2))
            : new ByteArrayContent(body);
        if (Chance(0.9))
        {
            answer.Content.Headers.TryAddWithoutValidation(
                "Content-Type",
                Pick(
                    [
                        "application/json", "application/json; charset=utf-8", "text/html", "text/plain", "", "application/problem+json",
                        ";;;"
                    ]));
        }

        return answer;
    }

    /// <summary>Makes a way of getting no answer.</summary>
    public Exception Failure() => random.Next(5) switch
    {
        0 => new HttpRequestException("The connection was cut.", new IOException("cut")),
        1 =>
            new HttpRequestException(
                "refused", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)),
        2 => new TaskCanceledException("The try took too long."),
        3 => new IOException("reset"),
        _ => new TimeoutException("too long"),
    };

    public int Below(int limit) => random.Next(limit);

    public T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private void AddHeaders(HttpResponseHeaders headers, double probability)
    {
        if (Chance(0.3))
        {
            headers.TryAddWithoutValidation("Date", Chance(0.3) ? Moment(random.Next(-7200, 7200)) : Pick(Dates));
        }

        if (Chance(probability))
        {
            string name = Pick(["Retry-After", "Retry-After", "Retry-After", "retry-after-ms", "x-ms-retry-after-ms"]);
            headers.TryAddWithoutValidation(name, random.Next(4) switch
            {
                0 => Moment(random.Next(-600, 7200)),
                1 => Pick(Dates),
                _ => Pick(Waits),
            });
        }

        if (Chance(0.2))
        {
            headers.TryAddWithoutValidation("MS-CV", "abcdefghijklmnopqrstuv.0");
        }

        if (Chance(0.1))
        {
            headers.TryAddWithoutValidation("Location", Pick(["https://evil.example/", "/elsewhere", ":"]));
        }
    }

    private string Moment(int seconds) => time.GetUtcNow().AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture);

    private string Body(HttpRequestMessage request, string sessionId, bool isRefusal)
    {
        if (isRefusal && Chance(0.3))
        {
            // Some services repeat what they were sent.
            return $$$"""{"error":{"code":"Refused","message":"You sent """
                + $$$"""{{{request.Headers.Authorization}}}.","details":["""
                + $$$"""{"code":"D","message":"{{{request.Headers.Authorization?.Parameter}}}"}]}}""";
        }

        if (Chance(0.3))
        {
            return Cut(Pick(Bodies));
        }

        string session = ScriptedService.SessionJson(sessionId, Pick(Statuses), Pick([5, 10, 20, 20, 1440, 2000]), random.Next(30));
        if (Chance(0.3))
        {
            session = session.TrimEnd('}') + "," + Pick(Members) + "}";
        }

        if (request.RequestUri!.AbsolutePath.EndsWith("/sessions", StringComparison.Ordinal))
        {
            string next = Chance(0.3)
                ? $",\"@nextLink\":\"{request.RequestUri.GetLeftPart(UriPartial.Path)}?page={random.Next(4)}\""
                : string.Empty;
            session = "{\"sessions\":[" + session + "]" + next + "}";
        }

        return Cut(session);
    }

    private string Cut(string text) => Chance(0.05) && text.Length > 0 ? text.Substring(0, random.Next(text.Length)) : text;
}
