using System.Text;
using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Converts the error of the service for Azure.Core; without one, describes the status for the operation.</summary>
internal sealed class ServiceErrorParser(string operation, string? explanation) : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        RemoteRenderingServiceError? said = ServiceErrorReader.TryReadBody(ResponseBody.Bytes(response));
        string code = said is { Code.Length: > 0 } ? said.Code : ServiceFailure.CodeFor(response.Status);
        error = new ResponseError(code, Message(response.Status, said));
        data = null;
        return true;
    }

    private string Message(int status, RemoteRenderingServiceError? said)
    {
        var text = new StringBuilder(operation).Append(": ").Append(explanation ?? Explain(status));
        if (said is not null)
        {
            Append(text, said);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, RemoteRenderingServiceError said)
    {
        string sentence = said.ToString();
        if (sentence.Length > 0)
        {
            text.Append(' ').Append(sentence);
        }

        if (said.Target is { Length: > 0 } target)
        {
            text.Append(" (").Append(target).Append(')');
        }

        foreach (RemoteRenderingServiceError detail in said.Details)
        {
            text.Append("; ").Append(detail);
        }

        if (said.InnerError is { } inner)
        {
            text.Append(" <- ").Append(inner);
        }
    }

    private static string Explain(int status) => status switch
    {
        400 => "The service rejected the request as invalid.",
        401 => "The service refused the access token.",
        403 => "The account is not permitted to do this.",
        404 => "The account has no such session, or the session ended more than 30 days ago.",
        409 => "A session with this id exists with other settings.",
        422 => "The requested lease is not larger than the present one, or the session has ended.",
        429 => "Too many requests; wait for the time in Retry-After.",
        >= 300 and < 400 =>
            "The service redirected the request. Redirects are not followed, because the access token must not be sent elsewhere.",
        >= 500 => "The service failed.",
        _ => "The service gave an unexpected answer.",
    };
}
