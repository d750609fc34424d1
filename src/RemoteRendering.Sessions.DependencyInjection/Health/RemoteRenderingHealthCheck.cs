using System.Globalization;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RemoteRendering.Sessions.DependencyInjection.Clients;
using RemoteRendering.Sessions.DependencyInjection.Internal;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>
/// Checks that the session service answers and accepts the account. The check lists one page of sessions, which is free of charge.
/// Thread-safe.
/// </summary>
/// <remarks>
/// <c>services.AddHealthChecks().AddCheck&lt;RemoteRenderingHealthCheck&gt;("remote-rendering")</c> checks every client that is registered
/// with <c>AddRemoteRendering</c>, with and without a name. To check one of several, add a <see cref="HealthCheckRegistration"/> that
/// creates the check from the keyed client.
/// </remarks>
public sealed class RemoteRenderingHealthCheck : IHealthCheck
{
    private readonly List<KeyValuePair<string, Func<RemoteRenderingClient>>> _clients = [];

    /// <summary>Creates a check of one client.</summary>
    /// <param name="client">The client to check.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public RemoteRenderingHealthCheck(RemoteRenderingClient client)
    {
        Require.NotNull(client, nameof(client));
        _clients.Add(new KeyValuePair<string, Func<RemoteRenderingClient>>(string.Empty, () => client));
    }

    private RemoteRenderingHealthCheck()
    {
    }

    /// <summary>Sends one request to the service of each client; the pipeline of the client retries it by its options.</summary>
    /// <param name="context">The context, which contains the failure status.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>
    /// Healthy when all services answer; otherwise the failure status of the registration with a description of the failure: settings,
    /// credential, token service, refusal, or no answer. It never contains a secret.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Require.NotNull(context, nameof(context));
        var descriptions = new List<string>();
        Exception? failure = null;
        bool isHealthy = true;
        foreach (KeyValuePair<string, Func<RemoteRenderingClient>> client in _clients)
        {
            (string description, Exception? exception) = await AskAsync(client.Value, cancellationToken).ConfigureAwait(false);
            descriptions.Add(
                _clients.Count == 1
                    ? description
                    : $"{(client.Key.Length == 0 ? "default client" : "client '" + client.Key + "'")}: {description}");
            failure ??= exception;
            isHealthy &= exception is null;
        }

        string all = string.Join(" ", descriptions);
        return isHealthy ? HealthCheckResult.Healthy(all) : new HealthCheckResult(context.Registration.FailureStatus, all, failure);
    }

    /// <summary>Creates a check of all clients that are registered.</summary>
    internal static RemoteRenderingHealthCheck OfAll(IServiceProvider services)
    {
        var check = new RemoteRenderingHealthCheck();
        RemoteRenderingClientFactory factory = services.GetRequiredService<RemoteRenderingClientFactory>();
        foreach (RemoteRenderingRegistration registration in services.GetServices<RemoteRenderingRegistration>())
        {
            string name = registration.Name;
            check._clients.Add(new KeyValuePair<string, Func<RemoteRenderingClient>>(name, () => factory.GetClient(name)));
        }

        return check;
    }

    private static async Task<(string Description, Exception? Failure)> AskAsync(
        Func<RemoteRenderingClient> getClient, CancellationToken cancellationToken)
    {
        string host = "The session service";
        try
        {
            RemoteRenderingClient client = getClient();
            host = client.Endpoint?.Host ?? host;
            IAsyncEnumerable<Page<RenderingSessionProperties>> pages = client.GetCurrentRenderingSessionsAsync(cancellationToken).AsPages();
            IAsyncEnumerator<Page<RenderingSessionProperties>> first = pages.GetAsyncEnumerator(cancellationToken);
            await using (first.ConfigureAwait(false))
            {
                await first.MoveNextAsync().ConfigureAwait(false);
            }

            return ($"{host} answers.", null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OptionsValidationException exception)
        {
            return ("The settings of the client are invalid.", exception);
        }
        catch (RequestFailedException exception)
        {
            return (Describe(host, exception), exception);
        }
        catch (Exception exception)
        {
            return ($"{host} could not be reached.", exception);
        }
    }

    private static string Describe(string host, RequestFailedException exception)
    {
        if (exception.Status != 0)
        {
            string status = exception.Status.ToString(CultureInfo.InvariantCulture);
            return $"{host} refused to list sessions: {status} {exception.ErrorCode}".TrimEnd();
        }

        if (exception.ErrorCode == RemoteRenderingErrorCode.AuthenticationFailed)
        {
            return $"The credential could not sign in, so {host} was not called.";
        }

        // The message of the client starts with the operation.
        return exception.Message.StartsWith("GetToken:", StringComparison.Ordinal)
            ? $"The token service did not answer, so {host} could not be called."
            : $"{host} could not be reached.";
    }
}
