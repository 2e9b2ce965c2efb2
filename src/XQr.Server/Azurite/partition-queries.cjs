// Makes a query for the entities of a partition read only this partition. Azurite evaluates the filter for each entity of the table, which takes
// seconds when many workspaces have many links.
const path = require('node:path');

// Returns the partition of a filter, or undefined if the filter can match entities of several partitions.
function partitionOf(filter = '') {
  const operators = filter.replace(/'(?:[^']|'')*'/g, '');
  const partition = /^\(*PartitionKey eq '((?:[^']|'')*)'/.exec(filter);
  return partition && !/\b(?:or|not)\b/i.test(operators) ? partition[1].replaceAll("''", "'") : undefined;
}

// Changes the class that stores tables, which a module beside Azurite's main file exports.
module.exports = (main) => {
  const { prototype } = require(path.join(path.dirname(main), 'table/persistence/LokiTableMetadataStore.js')).default;
  const { queryTableEntities } = prototype;
  prototype.queryTableEntities = function (context, account, table, options, ...next) {
    const partition = partitionOf(options.filter);
    const store = Object.create(this);
    if (partition !== undefined) {
      store.getEntityCollection = (...names) => ({
        chain: () => this.getEntityCollection(...names).chain().find({ PartitionKey: partition }),
      });
    }

    return queryTableEntities.call(store, context, account, table, options, ...next);
  };
};
