using System.Numerics;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Scene.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Scene;

/// <summary>
/// Whatever is done to a scene, in whatever order and with ticks, drops and silent hosts in between: the host ends with the same scene and
/// has nothing to refuse.
/// </summary>
public sealed class SceneRandomTests
{
    [Theory]
    [InlineData(1, 1024 * 1024)]
    [InlineData(2, 1024)]
    [InlineData(3, 1024 * 1024)]
    [InlineData(4, 1024)]
    [InlineData(5, 4096)]
    [InlineData(6, 1024 * 1024)]
    public async Task RandomOperations_HostEndsWithTheSameScene(int seed, int maxMessageBytes)
    {
        await using SceneHarness harness = await SceneHarness.StartAsync(harness => harness.Host.MaxMessageBytes = maxMessageBytes);
        var random = new Random(seed);
        var alive = new List<Entity>();
        for (int step = 0; step < 4_000; step++)
        {
            Operate(harness.Connection, alive, random);
            if (random.Next(40) == 0)
            {
                alive.RemoveAll(entity => !entity.IsValid);
                await harness.Time.PassAsync(SceneHarness.Tick);
            }

            if (random.Next(200) == 0)
            {
                harness.Host.HoldsBatchAnswers = true;
            }
            else if (random.Next(100) == 0)
            {
                harness.Host.ReleaseAnswers();
            }

            if (random.Next(1_000) == 0)
            {
                await harness.DropAsync();
            }
        }

        harness.Host.ReleaseAnswers();
        harness.Connection.CreateEntity().Name = "last";
        for (int turn = 0;
            turn < 1_000
                && (!harness.Host.Scene.Entities.Values.Any(entity => entity.Name == "last") || harness.Connection.Scene.Unanswered > 0);
            turn++)
        {
            await harness.Time.PassAsync(SceneHarness.Tick);
            await ConnectionHarness.SettleAsync();
        }

        Assert.Empty(harness.Host.Refusals);
        alive.RemoveAll(entity => !entity.IsValid);
        Assert.Equal(alive.Count + 1, harness.Host.Scene.Entities.Count);
        foreach (Entity entity in alive)
        {
            HostEntity there = harness.Host.Scene.Entities[entity.Id];
            Assert.Equal(entity.Parent?.Id ?? 0, there.Parent);
            Assert.Equal((entity.Position, entity.Rotation, entity.Scale), (there.Position, there.Rotation, there.Scale));
            Assert.Equal((entity.Name, entity.Enabled), (there.Name, there.Enabled));
            Assert.Equal(entity.FindComponentOfType(ObjectType.HierarchicalStateOverrideComponent) is not null, there.State is not null);
        }
    }

    private static void Operate(RenderingConnection connection, List<Entity> alive, Random random)
    {
        Entity? any = alive.Count > 0 ? alive[random.Next(alive.Count)] : null;
        Entity? other = alive.Count > 0 && random.Next(4) > 0 ? alive[random.Next(alive.Count)] : null;
        if (any is null || random.Next(10) < 2)
        {
            alive.Add(connection.CreateEntity(other is { IsValid: true } ? other : null));
            return;
        }

        if (!any.IsValid)
        {
            alive.Remove(any);
            return;
        }

        switch (random.Next(12))
        {
            case 0:
            case 1:
            case 2:
                Move(any, other);
                break;
            case 3:
                any.Name = "n" + random.Next(1000);
                break;
            case 4:
                any.Enabled = !any.Enabled;
                break;
            case 5:
                any.Rotation = Quaternion.CreateFromYawPitchRoll(random.NextSingle(), random.NextSingle(), random.NextSingle());
                break;
            case 6:
                any.Scale = new Vector3(random.NextSingle());
                break;
            case 7 when random.Next(3) == 0:
                any.Destroy();
                break;
            case 8:
                if (any.FindComponentOfType(ObjectType.HierarchicalStateOverrideComponent) is { } state)
                {
                    state.Destroy();
                }
                else
                {
                    connection.CreateComponent(ObjectType.HierarchicalStateOverrideComponent, any);
                }

                break;
            default:
                any.Position = new Double3(random.NextDouble(), random.NextDouble(), random.NextDouble());
                break;
        }
    }

    private static void Move(Entity entity, Entity? parent)
    {
        try
        {
            entity.Parent = parent;
        }
        catch (RenderingSceneException exception) when (
            exception.Error is RenderingSceneError.CyclicReference or RenderingSceneError.InvalidParentId)
        {
            // Refused here, so the host never hears of it.
        }
    }
}
