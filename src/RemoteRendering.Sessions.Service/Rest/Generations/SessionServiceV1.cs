using System.Globalization;
using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Sessions;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>The session service of the public preview, which made the ids itself.</summary>
internal sealed class SessionServiceV1(ResponseFactory responses) : ISessionService
{
    private const string LeaseMember = "maxLeaseTime";

    public async ValueTask<ServiceResponse> HandleAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
        => match.Route!.Operation switch
        {
            ServiceOperation.Create => await CreateAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.Read => await ReadAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.Update => await UpdateAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.Stop => await StopAsync(match, ledger, cancellationToken).ConfigureAwait(false),
            ServiceOperation.List => await ListAsync(match, request, ledger, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"The v1 service has no operation {match.Route.Operation}."),
        };

    private async ValueTask<ServiceResponse> CreateAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        using RequestBody body = RequestBody.Read(request, singleQuotes: true);
        int lease = ReadLease(body);
        IReadOnlyList<string> models = body.Strings("models");
        for (int i = 0; i < models.Count; i++)
        {
            if (!Uri.IsWellFormedUriString(models[i], UriKind.Absolute))
            {
                // Not quoted: such an address may carry a signature that opens a storage account.
                throw new BodyRefusedException($"The models value at position {i} is not an absolute URL.");
            }
        }

        string id = Guid.NewGuid().ToString("D");
        await ledger.CreateAsync(
            new SessionCreation(match.AccountId, id, body.Size("size"), lease, models), cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> answer = ServiceJson.Write(id, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteString("sessionId"u8, value);
            json.WriteEndObject();
        });
        return responses.Success(ServiceGeneration.V1, 202, answer)
            .With("Location", $"{request.Scheme}://{request.Authority}/v1/accounts/{match.AccountId:D}/sessions/{id}/properties");
    }

    private async ValueTask<ServiceResponse> ReadAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
        => await ledger.ReadAsync(match.AccountId, match.SessionId!, cancellationToken).ConfigureAwait(false) is { } session
            ? responses.Success(ServiceGeneration.V1, 200, ServiceJson.Write(
                (session, request, responses.Shape), static (json, answer)
                    => SessionWriterV1.Write(json, answer.session, answer.request, answer.Shape)))
            : NotFound(match);

    private async ValueTask<ServiceResponse> UpdateAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        using RequestBody body = RequestBody.Read(request, singleQuotes: true);
        LedgerResult result =
            await ledger.ExtendAsync(match.AccountId, match.SessionId!, ReadLease(body), cancellationToken).ConfigureAwait(false);
        return SessionAnswers.ToExtend(result) switch
        {
            SessionAnswer.Ok => responses.Success(ServiceGeneration.V1, 200),
            SessionAnswer.NotFound => NotFound(match),
            // The description of v1 knows no 422.
            SessionAnswer.LeaseEnded =>
                responses.BadRequest(ServiceGeneration.V1, $"The session is {result.Session!.State} and its lease cannot be extended."),
            _ => responses.BadRequest(ServiceGeneration.V1, string.Create(
                CultureInfo.InvariantCulture,
                $"The {LeaseMember} value must be greater than the current value of {result.Session!.LeaseMinutes} minutes.")),
        };
    }

    private async ValueTask<ServiceResponse> StopAsync(RouteMatch match, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        LedgerResult result = await ledger.StopAsync(match.AccountId, match.SessionId!, cancellationToken).ConfigureAwait(false);
        return result.Session is null ? NotFound(match) : responses.Success(ServiceGeneration.V1, 204);
    }

    private async ValueTask<ServiceResponse> ListAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        // In v1 only the list of conversions had pages.
        SessionPage all =
            await ledger.ListAsync(match.AccountId, after: 0, pageSize: int.MaxValue, cancellationToken).ConfigureAwait(false);
        return ResponseFactory.Uncached(
            responses.Success(ServiceGeneration.V1, 200, ServiceJson.Write((all, request, responses.Shape), static (json, list) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sessions"u8);
            foreach (SessionSnapshot session in list.all.Sessions)
            {
                SessionWriterV1.Write(json, session, list.request, list.Shape);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        })));
    }

    private static int ReadLease(RequestBody body)
    {
        string text = body.String(LeaseMember);
        if (text.StartsWith('-'))
        {
            throw new BodyRefusedException($"The {LeaseMember} value cannot be negative.");
        }

        return LegacyDuration.TryParse(text, fractions: false, out TimeSpan lease)
            ? LeaseRule.Check(LeaseMember, LeaseLimits.ToMinutes(lease))
            : throw new BodyRefusedException($"The {LeaseMember} value '{text}' is not a time span such as 4:0:0 or 1.00:00:00.");
    }

    private ServiceResponse NotFound(RouteMatch match)
        => responses.NotFound(ServiceGeneration.V1, $"The account has no session '{match.SessionId}'.");
}
