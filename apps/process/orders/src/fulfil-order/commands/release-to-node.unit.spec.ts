import { contentsOf, OrderUnderTest, reserved } from '../../../test/order-fixtures';
import { WmsTwin } from '../../../test/twins';
import { cancelFulfilment } from './cancel-fulfilment';
import { releaseToNode } from './release-to-node';

function release(): Parameters<typeof releaseToNode>[1] {
  const order = new OrderUnderTest(contentsOf(['1']));
  order.on(reserved('ord_1', { line: 1, at: { N: '1' } }));
  const [command] = order.given('release-to-node');
  if (!command) throw new Error('nothing was released');
  return command.request;
}

describe('a release to a node', () => {
  it('repeated after our own cancellation is no refusal: it was overtaken', async () => {
    const wms = new WmsTwin();
    const request = release();
    const { connection, fulfilmentOrder: fulfilment } = request;
    expect(await releaseToNode(wms, request)).toEqual({ type: 'NODE_TOLD', fulfilment });
    await cancelFulfilment(wms, { connection, fulfilmentOrder: fulfilment });
    expect(await releaseToNode(wms, request)).toEqual({ type: 'RELEASE_OVERTAKEN', fulfilment });
  });
});
