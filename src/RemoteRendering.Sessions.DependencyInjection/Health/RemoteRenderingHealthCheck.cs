using System.Globalization;
using Azure;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Checks that the session service answers and accepts the account: lists one page of sessions, which starts and costs nothing. Thread-safe.</summary>
/// <remarks>
/// Add it with <c>services.AddHealthChecks().AddCheck&lt;RemoteRenderingHealthCheck&gt;("remote-rendering")</c>; for a named client, make it from the keyed service.
/// </remarks>
public sealed class RemoteRenderingHealthCheck : IHealthCheck
{
    private readonly RemoteRenderingClient _client;

    /// <summary>Creates a check.</summary>
    /// <param name="client">The client to ask with.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public RemoteRenderingHealthCheck(RemoteRenderingClient client)
    {
        Require.NotNull(client, nameof(client));
        _client = client;
    }

    /// <summary>Asks the service once; the pipeline of the client retries as it is set to.</summary>
    /// <param name="context">Says what a failure counts as.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Healthy, or the failure status of the registration with what went wrong; never a secret.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Require.NotNull(context, nameof(context));
        try
        {
            IAsyncEnumerable<Page<RenderingSessionProperties>> pages = _client.GetCurrentRenderingSessionsAsync(cancellationToken).AsPages();
            IAsyncEnumerator<Page<RenderingSessionProperties>> first = pages.GetAsyncEnumerator(cancellationToken);
            await using (first.ConfigureAwait(false))
            {
                await first.MoveNextAsync().ConfigureAwait(false);
            }

            return HealthCheckResult.Healthy($"{_client.Endpoint.Host} answers.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (RequestFailedException exception) when (exception.Status != 0)
        {
            string status = exception.Status.ToString(CultureInfo.InvariantCulture);
            return Failed(context, $"{_client.Endpoint.Host} refused to list sessions: {status} {exception.ErrorCode}", exception);
        }
        catch (Exception exception)
        {
            return Failed(context, $"{_client.Endpoint.Host} could not be asked.", exception);
        }
    }

    private static HealthCheckResult Failed(HealthCheckContext context, string description, Exception exception) =>
        new(context.Registration.FailureStatus, description.TrimEnd(), exception);
}
