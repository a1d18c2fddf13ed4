import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ErpBooksApi } from '#contracts/connections/books.api';
import { Reconciliation } from '#contracts/connections/connections.dto';
import { Cost, Scope } from '#service/operation';
import { ReconcileBody } from './connections.dto';

@Controller('operations/v1/erp-books')
export class OperationsBooksController {
  constructor(private readonly books: ErpBooksApi) {}

  /** Compares the posting ledger with the books of an ERP, one by one: what is missing, unexpected, there twice or numbered otherwise. */
  @Post(':id/reconcile')
  @HttpCode(200)
  @Scope('operations:connections:read')
  @Cost(20)
  reconcile(@Param('id') id: string, @Body() { kind }: ReconcileBody): Promise<Reconciliation> {
    return this.books.reconcile({ id, kind });
  }
}
