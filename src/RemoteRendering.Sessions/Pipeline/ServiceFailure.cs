using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Creates exceptions from failed answers, and from successful answers with an invalid body.</summary>
internal static class ServiceFailure
{
    private const string CorrelationHeader = "MS-CV";
    private const string MayExistKey = "SessionMayExist";

    private static readonly Regex Escape = new(@"\\(?:u([0-9a-fA-F]{4})|(.))", RegexOptions.CultureInvariant);

    /// <summary>
    /// Creates the exception for a failed answer, with the code, message, details and correlation vector of the service, and never a
    /// secret.
    /// </summary>
    public static RequestFailedException Create(HttpMessage message, string operation, string? explanation = null)
    {
        Scrub(message);
        var exception = new RequestFailedException(message.Response, innerException: null, new ServiceErrorParser(operation, explanation));
        if (Correlation(message.Response) is { } correlation)
        {
            exception.Data[CorrelationHeader] = correlation;
        }

        return exception;
    }

    /// <summary>Creates the exception for a successful answer with a body that is invalid for the operation.</summary>
    public static RequestFailedException InvalidResponse(Response response, string operation, string problem, Exception? innerException)
    {
        string type = response.Headers.ContentType ?? "no content type";
        int length = ResponseBody.Bytes(response).Length;
        var text = new StringBuilder()
            .Append(operation).Append(": the service answered ").Append(response.Status.ToString(CultureInfo.InvariantCulture))
            .Append(" with a body that cannot be used: ").Append(problem.TrimEnd('.')).Append(" (")
            .Append(type).Append(", ").Append(length.ToString(CultureInfo.InvariantCulture)).Append(" bytes");
        string? correlation = Correlation(response);
        if (correlation is not null)
        {
            text.Append(", MS-CV ").Append(correlation);
        }

        var exception = new RequestFailedException(
            response.Status, text.Append(").").ToString(), RemoteRenderingErrorCode.InvalidResponse, innerException);
        if (correlation is not null)
        {
            exception.Data[CorrelationHeader] = correlation;
        }

        return exception;
    }

    /// <summary>
    /// Creates the exception for a failed answer about a session. When the session is new, see <see cref="RecentCreates"/>, a 404 proves
    /// nothing, and <see cref="IsSessionUnknown"/> is false for the exception.
    /// </summary>
    public static RequestFailedException CreateAboutSession(HttpMessage message, string operation, bool isNew)
    {
        RequestFailedException failure = Create(message, operation);
        if (isNew && SaysSessionUnknown(failure))
        {
            failure.Data[MayExistKey] = true;
        }

        return failure;
    }

    /// <summary>
    /// Determines whether a failure proves that there is no such session: the service has answered so, and the session is not so new that
    /// a part of the service may not find it yet. All code that takes a 404 for an end asks here.
    /// </summary>
    public static bool IsSessionUnknown(Exception exception) => SaysSessionUnknown(exception) && !MayExist(exception);

    /// <summary>
    /// Determines whether the service has answered that it has no such session, although this client has just created it.
    /// </summary>
    public static bool MayExist(Exception exception) => exception.Data.Contains(MayExistKey);

    /// <summary>
    /// Determines whether the service has answered that it has no such session. A 404 of the token service concerns the account, and one
    /// with a web page comes from an intermediary. An unknown outcome repeats the status of its last try only.
    /// </summary>
    public static bool SaysSessionUnknown(Exception exception)
        => exception is RequestFailedException { Status: 404 } failure and not (TokenExchangeException or RenderingOutcomeUnknownException)
            && (failure.GetRawResponse() is not { } answer || ResponseBody.Bytes(answer) is { IsEmpty: true }
                || ServiceErrorReader.TryReadBody(ResponseBody.Bytes(answer)) is not null);

    public static string CodeFor(int status) => status switch
    {
        >= 200 and < 300 => RemoteRenderingErrorCode.InvalidResponse,
        400 => RemoteRenderingErrorCode.BadRequest,
        401 => RemoteRenderingErrorCode.AuthenticationFailed,
        403 => RemoteRenderingErrorCode.Forbidden,
        404 => RemoteRenderingErrorCode.SessionNotFound,
        409 => RemoteRenderingErrorCode.Conflict,
        422 => RemoteRenderingErrorCode.UnprocessableEntity,
        429 => RemoteRenderingErrorCode.TooManyRequests,
        _ => RemoteRenderingErrorCode.InternalServerError,
    };

    private static string? Correlation(Response response)
        => response.Headers.TryGetValue(CorrelationHeader, out string? value) ? value : null;

    /// <summary>Removes the bearer from a body that repeats it, before the body becomes part of the message of an exception.</summary>
    private static void Scrub(HttpMessage message)
    {
        if (!message.Request.Headers.TryGetValue("Authorization", out string? header) || header is null || header.Length < 16)
        {
            return;
        }

        ReadOnlyMemory<byte> body = ResponseBody.Bytes(message.Response);
        if (body.IsEmpty)
        {
            return;
        }

        string secret = header.Substring(header.IndexOf(' ') + 1);
        string text = Encoding.UTF8.GetString(body.ToArray());
        string scrubbed = Remove(text, secret);
        if (Remove(Unescape(scrubbed), secret) != Unescape(scrubbed))
        {
            // Written with escapes, which the reader of the body resolves.
            scrubbed = "{}";
        }

        if (scrubbed != text)
        {
            message.Response.ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(scrubbed));
        }
    }

    /// <summary>
    /// Removes a secret. The bearer of the token service consists of the id of the account and its key, and the key alone is a secret too.
    /// </summary>
    private static string Remove(string text, string secret)
    {
        string without = text.Replace(secret, "REDACTED");
        int colon = secret.IndexOf(':');
        return colon >= 0 && secret.Length - colon > 8 ? without.Replace(secret.Substring(colon + 1), "REDACTED") : without;
    }

    /// <summary>Resolves all JSON escapes.</summary>
    private static string Unescape(string text) => Escape.Replace(text, static escape =>
        escape.Groups[1].Success ? ((char)Convert.ToUInt16(escape.Groups[1].Value, 16)).ToString() : escape.Groups[2].Value);
}
