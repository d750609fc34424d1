using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Adds the access token to requests to the service only. Gets a new token, once, when the service refuses it.</summary>
internal sealed class AuthenticationPolicy(ITokenSource tokens, Uri endpoint) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        => throw new NotSupportedException("The client supports asynchronous calls only.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!Origin.Same(message.Request.Uri, endpoint))
        {
            // The token must not be sent elsewhere; a policy of the user may have changed the address.
            message.Request.Headers.Remove("Authorization");
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            return;
        }

        ServiceToken token = await tokens.GetTokenAsync(message.CancellationToken).ConfigureAwait(false);
        message.Request.Headers.SetValue("Authorization", token.AuthorizationHeader);
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        if (message.Response.Status != 401)
        {
            return;
        }

        ServiceToken replacement = await tokens.ReplaceAsync(token, message.CancellationToken).ConfigureAwait(false);
        if (replacement == token)
        {
            return;
        }

        message.Response.Dispose();
        message.Request.Headers.SetValue("Authorization", replacement.AuthorizationHeader);
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
    }
}
