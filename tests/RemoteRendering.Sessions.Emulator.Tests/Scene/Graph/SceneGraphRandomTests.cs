using CsCheck;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Graph;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Graph;

/// <summary>
/// Random batches on the graph and on a scene so simple that it is right: names of parents in a dictionary, everything computed anew.
/// </summary>
public class SceneGraphRandomTests
{
    private const int Ids = 12;

    [Fact]
    public void Batches_AnyWrites_SameSceneAsTheSimpleOne() =>
        Gen.Int[0, 5].Select(Gen.UInt[1, Ids], Gen.UInt[0, Ids], Gen.Int[-3, 3]).List[1, 60].Sample(
            writes =>
            {
                var graph = new SceneGraph();
                var simple = new SimpleScene();
                foreach ((int op, uint id, uint other, int number) in writes)
                {
                    SceneErrorCode expected = simple.Apply(op, id, other, number);
                    Assert.Equal(expected, Apply(graph, op, id, other, number));
                    if (number == 0)
                    {
                        // Asked in between, so that what is remembered can be wrong later.
                        Compare(graph, simple);
                    }
                }

                Compare(graph, simple);
            },
            iter: 2_000,
            threads: 1);

    private static SceneErrorCode Apply(SceneGraph graph, int op, uint id, uint other, int number)
    {
        var batch = new BatchBuilder();
        _ = op switch
        {
            0 => batch.Create(id, other),
            1 => batch.Destroy(id),
            2 => batch.Parent(id, other),
            3 => batch.Position(id, number, 0, 0),
            4 => batch.Enable(id, number > 0),
            _ => batch.Override(id, on: number > 0 ? 1u : 0, off: number < 0 ? 1u : 0),
        };
        return SceneWriter.Apply(graph, batch.Payload)?[0].Code ?? SceneErrorCode.None;
    }

    private static void Compare(SceneGraph graph, SimpleScene simple)
    {
        Assert.Equal(simple.Count, graph.Count);
        for (uint id = 1; id <= Ids; id++)
        {
            Assert.Equal(simple.Has(id), graph.Find(id) is not null);
            if (graph.Find(id) is { } entity)
            {
                InheritedState state = SceneGraph.Inherited(entity);
                Assert.Equal(simple.Position(id), state.World.Origin.X);
                Assert.Equal(simple.IsSeen(id), state.IsSeen);
            }
        }
    }

    private sealed class SimpleScene
    {
        private readonly Dictionary<uint, Entry> _entries = [];
        private uint _last;

        public int Count => _entries.Count;

        public bool Has(uint id) => _entries.ContainsKey(id);

        public double Position(uint id) => id == 0 ? 0 : _entries[id].Position + Position(_entries[id].Parent);

        public bool IsSeen(uint id) => IsEnabled(id) && !IsHidden(id);

        public SceneErrorCode Apply(int op, uint id, uint other, int number)
        {
            if (op == 0)
            {
                return Create(id, other);
            }

            if (!_entries.TryGetValue(id, out Entry? entry))
            {
                return SceneErrorCode.InvalidId;
            }

            switch (op)
            {
                case 1:
                    foreach (uint gone in _entries.Keys.Where(below => IsBelow(below, id)).ToArray())
                    {
                        _entries.Remove(gone);
                    }

                    break;
                case 2 when other != 0 && !Has(other):
                    return SceneErrorCode.InvalidParentId;
                case 2 when other != 0 && IsBelow(other, id):
                    return SceneErrorCode.CyclicReference;
                case 2:
                    entry.Parent = other;
                    break;
                case 3:
                    entry.Position = number;
                    break;
                case 4:
                    entry.IsEnabled = number > 0;
                    break;
                default:
                    entry.Hidden = number > 0 ? true : number < 0 ? false : null;
                    break;
            }

            return SceneErrorCode.None;
        }

        private SceneErrorCode Create(uint id, uint parent)
        {
            if (id <= _last)
            {
                return SceneErrorCode.AlreadyExists;
            }

            if (parent != 0 && !Has(parent))
            {
                return SceneErrorCode.InvalidParentId;
            }

            _last = id;
            _entries.Add(id, new Entry { Parent = parent });
            return SceneErrorCode.None;
        }

        private bool IsBelow(uint id, uint root) => id == root || (id != 0 && IsBelow(_entries[id].Parent, root));

        private bool IsEnabled(uint id) => id == 0 || (_entries[id].IsEnabled && IsEnabled(_entries[id].Parent));

        private bool IsHidden(uint id) => id != 0 && (_entries[id].Hidden ?? IsHidden(_entries[id].Parent));

        private sealed class Entry
        {
            public uint Parent { get; set; }

            public double Position { get; set; }

            public bool IsEnabled { get; set; } = true;

            public bool? Hidden { get; set; }
        }
    }
}
