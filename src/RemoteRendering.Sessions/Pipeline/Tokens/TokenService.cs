using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Json;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Represents the Mixed Reality token service, which returns an access token for an account key or an Entra token.</summary>
/// <remarks>
/// Source: <c>mr-sts.json</c> 2019-02-28-preview and recorded traffic (path with a capital A, <c>X-MRC-CV</c>, <c>{"AccessToken":"…"}</c>).
/// </remarks>
internal sealed class TokenService(
    HttpPipeline pipeline, Uri endpoint, Guid accountId, string prefix, Func<CancellationToken, ValueTask<string>> getSecret)
{
    private const string Operation = "GetToken";

    /// <summary>The documented lifetime of a token, for tokens that do not contain one.</summary>
    private static readonly TimeSpan DocumentedLifetime = TimeSpan.FromHours(24);

    /// <summary>Far above any real lifetime, and small enough that every clock can represent the expiry.</summary>
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(365);

    private static readonly ResponseClassifier Classifier = new TokenResponseClassifier();

    public async Task<ExchangedToken> ExchangeAsync(CancellationToken cancellationToken)
    {
        string bearer = await SignInAsync(cancellationToken).ConfigureAwait(false);
        using HttpMessage message = pipeline.CreateMessage();
        message.ResponseClassifier = Classifier;
        Request request = message.Request;
        request.Method = RequestMethod.Get;
        request.Uri.Reset(endpoint);
        request.Uri.AppendPath("/Accounts/" + accountId.ToString("D") + "/token", escape: false);
        request.Uri.AppendQuery(ApiVersions.Parameter, ApiVersions.TokenService, escapeValue: false);
        request.Headers.SetValue("Accept", "application/json");
        request.Headers.SetValue("Authorization", "Bearer " + bearer);
        request.Headers.SetValue("X-MRC-CV", NewCorrelationVector());

        try
        {
            await PipelineSender.SendAsync(pipeline, message, Operation, cancellationToken).ConfigureAwait(false);
            return message.Response.Status == 200
                ? Read(message.Response)
                : throw ServiceFailure.Create(message, Operation, Explain(message.Response.Status));
        }
        catch (RequestFailedException exception)
        {
            throw new TokenExchangeException(exception);
        }
    }

    /// <summary>Signs in, and converts exceptions of the credential to those of the client.</summary>
    private async ValueTask<string> SignInAsync(CancellationToken cancellationToken)
    {
        try
        {
            string secret = await getSecret(cancellationToken).ConfigureAwait(false);
            return CredentialText.FindProblem(secret) is { } problem ? throw Unsendable(problem) : prefix + secret;
        }
        catch (Exception exception) when (exception is not TokenExchangeException && !cancellationToken.IsCancellationRequested)
        {
            throw new TokenExchangeException(
                new RequestFailedException(
                    0, $"{Operation}: the credential could not sign in for account {accountId}. {exception.Message}",
                    RemoteRenderingErrorCode.AuthenticationFailed, exception));
        }
    }

    private TokenExchangeException Unsendable(string problem)
        => new(new RequestFailedException(
            401, $"{Operation}: the key or sign-in token for account {accountId} was not sent: it {problem}.",
            RemoteRenderingErrorCode.AuthenticationFailed, innerException: null));

    private static ExchangedToken Read(Response response)
    {
        string? token;
        try
        {
            using JsonDocument document = JsonDocument.Parse(ByteOrderMark.Skip(ResponseBody.Bytes(response)));
            token = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("AccessToken", out JsonElement member) && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;
        }
        catch (Exception exception) when (WireReader.IsBroken(exception))
        {
            throw ServiceFailure.InvalidResponse(response, Operation, "the body is not JSON", exception);
        }

        if (CredentialText.FindProblem(token) is not null)
        {
            throw ServiceFailure.InvalidResponse(response, Operation, "AccessToken is missing or not a token", innerException: null);
        }

        TimeSpan lifetime = DocumentedLifetime;
        if (JsonWebToken.TryRead(token!, out JsonWebToken read))
        {
            DateTimeOffset? issued = read.IssuedAt ?? HttpDate.Parse(response.Headers.TryGetValue("Date", out string? date) ? date : null);
            lifetime = issued is { } from && read.ExpiresOn > from ? read.ExpiresOn - from : DocumentedLifetime;
        }

        return new ExchangedToken(token!, lifetime < LongestLifetime ? lifetime : LongestLifetime);
    }

    private string Explain(int status) => status switch
    {
        400 or 401 =>
            $"The token service at {endpoint} refused the credential for account {accountId}. Check the account id, the account key or "
                + "sign-in, and the account domain.",
        403 => $"The token service at {endpoint} does not permit this credential to use account {accountId}.",
        404 => $"There is no token service for account {accountId} at {endpoint}. Check the account domain.",
        _ => $"The token service at {endpoint} returned no token.",
    };

    private static string NewCorrelationVector()
    {
        byte[] bytes = new byte[16];
#if NET8_0_OR_GREATER
        RandomNumberGenerator.Fill(bytes);
#else
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
#endif
        return Convert.ToBase64String(bytes).TrimEnd('=');
    }
}
