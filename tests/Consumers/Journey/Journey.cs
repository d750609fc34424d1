// A user's code in C# 9, as Unity compiles it: the way of a session once, with every answer checked.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Azure;
using RemoteRendering.Sessions;

namespace Consumers
{
    public sealed class Journey
    {
        private readonly List<string> _failures = new List<string>();
        private int _checks;

        public static async Task<int> RunAsync(RemoteRenderingClient first, RemoteRenderingClient second)
        {
            var journey = new Journey();
            await journey.TravelAsync(first, second).ConfigureAwait(false);
            foreach (string failure in journey._failures)
            {
                Console.Error.WriteLine("WRONG: " + failure);
            }

            Console.WriteLine($"{journey._checks} checks, {journey._failures.Count} wrong");
            return journey._checks > 0 && journey._failures.Count == 0 ? 0 : 1;
        }

        private async Task TravelAsync(RemoteRenderingClient first, RemoteRenderingClient second)
        {
            string id = "consumer-" + Guid.NewGuid().ToString("N");
            var creation =
                new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard) { SessionId = id };
            RenderingSession session = await first.CreateNewRenderingSessionAsync(creation).ConfigureAwait(false);
            Check(session.SessionUuid == id, "the id is the one asked for");

            await session.WaitUntilReadyAsync().ConfigureAwait(false);
            Check(session.Status == RenderingSessionStatus.Ready, "the session becomes ready, not " + session.Status);

            Response<RenderingSessionProperties> read = await first.GetSessionPropertiesAsync(id).ConfigureAwait(false);
            Check(read.Value.MaxLeaseTime == TimeSpan.FromMinutes(10), "the lease is the one asked for");
            Check(read.Value.Size == RenderingSessionVmSize.Standard, "the size is the one asked for");

            bool listed = false;
            await foreach (RenderingSessionProperties one in first.GetCurrentRenderingSessionsAsync().ConfigureAwait(false))
            {
                listed |= one.Id == id;
            }

            Check(listed, "the session is in the list");

            RenderingConnection connection = await session.ConnectAsync().ConfigureAwait(false);
            Check(session.IsConnected, "the first device is connected");
            await RefuseAsync(second, id).ConfigureAwait(false);

            await session.ExtendLeaseAsync(TimeSpan.FromMinutes(20)).ConfigureAwait(false);
            Check(session.Properties.MaxLeaseTime == TimeSpan.FromMinutes(30), "the lease is longer by what was asked for");

            await session.StopAsync().ConfigureAwait(false);
            await connection.Completion.ConfigureAwait(false);
            Check(!session.IsConnected, "the stop ends the connection");
            Check(session.Status.IsTerminal, "the session has ended, not " + session.Status);

            await FailAsync(first).ConfigureAwait(false);
        }

        private async Task RefuseAsync(RemoteRenderingClient second, string id)
        {
            RenderingSession same = await second.OpenRenderingSessionAsync(id).ConfigureAwait(false);
            try
            {
                await same.ConnectAsync().ConfigureAwait(false);
                Check(false, "a second device is refused");
            }
            catch (RenderingConnectionException exception)
            {
                Check(exception.Reason == RenderingConnectionReason.OtherSessionConnected, "the refusal says why, not " + exception.Reason);
            }
        }

        private async Task FailAsync(RemoteRenderingClient client)
        {
            try
            {
                await client.GetSessionPropertiesAsync("nobody-made-this").ConfigureAwait(false);
                Check(false, "an unknown session is an error");
            }
            catch (RequestFailedException exception)
            {
                Check(exception.Status == 404, "an unknown session is not found, not " + exception.Status);
            }
        }

        private void Check(bool holds, string what)
        {
            _checks++;
            if (!holds)
            {
                _failures.Add(what);
            }
        }
    }
}
